/** Publishes events again that the outbox still retains. */
@NullMarked
package dev.outbox.relay.replay;

import org.jspecify.annotations.NullMarked;
