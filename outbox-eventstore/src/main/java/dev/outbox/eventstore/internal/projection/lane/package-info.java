/** The lanes of a projection: what a lane reads, hands to the handlers, and remembers in the same transaction. */
@NullMarked
package dev.outbox.eventstore.internal.projection.lane;

import org.jspecify.annotations.NullMarked;
