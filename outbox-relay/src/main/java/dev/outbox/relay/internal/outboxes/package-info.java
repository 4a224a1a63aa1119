/** Several outboxes in one process: each has a context of its own, with the same relay in it. */
@NullMarked
package dev.outbox.relay.internal.outboxes;

import org.jspecify.annotations.NullMarked;
