/** The relay's connection to the outbox tables: a small pool of its own, created and checked at start. */
@NullMarked
package dev.outbox.relay.internal.database;

import org.jspecify.annotations.NullMarked;
