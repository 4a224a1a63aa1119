/**
 * The event as it is transported: stored as a row by the producing service, sent as a Kafka record by the relay.
 */
@NullMarked
package dev.outbox.event;

import org.jspecify.annotations.NullMarked;
