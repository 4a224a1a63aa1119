/** What an operator sees of the outboxes of this process, and may do to them. */
@NullMarked
package dev.outbox.relay.operations;

import org.jspecify.annotations.NullMarked;
