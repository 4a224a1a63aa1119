/**
 * Consuming domain events: each one is handled once in effect, in the transaction that remembers it.
 */
@NullMarked
package dev.outbox.inbox;

import org.jspecify.annotations.NullMarked;
