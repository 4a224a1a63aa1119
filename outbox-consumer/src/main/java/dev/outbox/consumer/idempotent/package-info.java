/**
 * The guard of the inbox for plain Spring Kafka listeners, and for code that gets records from elsewhere.
 */
@NullMarked
package dev.outbox.consumer.idempotent;

import org.jspecify.annotations.NullMarked;
