/** Checks at start whether database and broker are set up in a way that lets the relay keep its promises. */
@NullMarked
package dev.outbox.relay.internal.check;

import org.jspecify.annotations.NullMarked;
