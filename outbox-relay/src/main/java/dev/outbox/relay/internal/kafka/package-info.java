/** Events to Kafka: records, producer, topics. */
@NullMarked
package dev.outbox.relay.internal.kafka;

import org.jspecify.annotations.NullMarked;
