/** The outbox as the relay reads it: in the order of its commits, from a position on. */
@NullMarked
package dev.outbox.relay.internal.log;

import org.jspecify.annotations.NullMarked;
