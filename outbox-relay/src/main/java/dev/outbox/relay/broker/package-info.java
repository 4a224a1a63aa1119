/** Sends events to Kafka: rows become records, in order, and nothing follows a record that failed. */
@NullMarked
package dev.outbox.relay.broker;

import org.jspecify.annotations.NullMarked;
