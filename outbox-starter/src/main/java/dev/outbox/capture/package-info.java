/**
 * From an event raised in a transaction to rows of the outbox, written last in that same transaction.
 */
@NullMarked
package dev.outbox.capture;

import org.jspecify.annotations.NullMarked;
