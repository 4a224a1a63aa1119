/** A real PostgreSQL and a real Kafka broker without a container engine, for integration tests and the demo. */
@NullMarked
package dev.outbox.embedded;

import org.jspecify.annotations.NullMarked;
