/** Listens for commits in other processes, so that the relay need not wait for its next poll. */
@NullMarked
package dev.outbox.relay.internal.wakeup;

import org.jspecify.annotations.NullMarked;
