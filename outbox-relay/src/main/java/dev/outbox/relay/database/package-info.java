/**
 * The relay's way to the outbox tables: a small pool of its own, made and checked at start.
 */
@NullMarked
package dev.outbox.relay.database;

import org.jspecify.annotations.NullMarked;
