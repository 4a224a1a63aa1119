/** The log of stored events, as a projection reads it. */
@NullMarked
package dev.outbox.eventstore.internal.projection.log;

import org.jspecify.annotations.NullMarked;
