/**
 * Events kept as streams: a row of the outbox that is never truncated.
 */
@NullMarked
package dev.outbox.eventstore;

import org.jspecify.annotations.NullMarked;
