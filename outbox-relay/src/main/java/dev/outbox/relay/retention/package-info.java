/** Frees the space of published events, one slot of the outbox at a time, once they have been kept long enough. */
@NullMarked
package dev.outbox.relay.retention;

import org.jspecify.annotations.NullMarked;
