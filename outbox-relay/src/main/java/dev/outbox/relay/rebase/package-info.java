/** Positions of another server, decided by a person. */
@NullMarked
package dev.outbox.relay.rebase;

import org.jspecify.annotations.NullMarked;
