/**
 * Consumes domain events: each one takes effect once, in the transaction that remembers it.
 */
@NullMarked
package dev.outbox.consumer;

import org.jspecify.annotations.NullMarked;
