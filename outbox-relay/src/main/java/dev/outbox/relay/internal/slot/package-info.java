/** The partitions of the outbox, one after the other: filled, read, truncated. */
@NullMarked
package dev.outbox.relay.internal.slot;

import org.jspecify.annotations.NullMarked;
