/**
 * Polling Kafka: what a poll brings is handed on, and what is done of it has its offsets committed.
 */
@NullMarked
package dev.outbox.inbox.container;

import org.jspecify.annotations.NullMarked;
