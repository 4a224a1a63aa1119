/** The PostgreSQL and the Kafka broker of our own tests, those of {@code outbox-devservices} or containers. */
@NullMarked
package dev.outbox.embedded;

import org.jspecify.annotations.NullMarked;
