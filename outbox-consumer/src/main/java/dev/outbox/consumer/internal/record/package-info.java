/** A Kafka record, read as an event. */
@NullMarked
package dev.outbox.consumer.internal.record;

import org.jspecify.annotations.NullMarked;
