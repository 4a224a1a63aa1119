/**
 * Polls Kafka: passes on the polled records, and commits the offsets of those that are done.
 */
@NullMarked
package dev.outbox.consumer.internal.container;

import org.jspecify.annotations.NullMarked;
