/**
 * Aggregates whose state is made of their events.
 */
@NullMarked
package dev.outbox.eventstore.aggregate;

import org.jspecify.annotations.NullMarked;
