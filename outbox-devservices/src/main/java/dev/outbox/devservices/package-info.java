/**
 * A real PostgreSQL and a real Kafka broker for tests and development, without a container engine. Add the module and configure
 * it by {@code outbox.devservices.*}; there is nothing to call.
 */
@NullMarked
package dev.outbox.devservices;

import org.jspecify.annotations.NullMarked;
