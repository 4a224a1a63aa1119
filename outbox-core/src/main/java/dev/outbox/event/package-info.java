/**
 * The event as it travels: stored as a row by the writing service, sent as a Kafka record by the relay.
 */
@NullMarked
package dev.outbox.event;

import org.jspecify.annotations.NullMarked;
