/**
 * Turns events that are raised in a transaction into rows of the outbox, written last in that same transaction.
 */
@NullMarked
package dev.outbox.producer;

import org.jspecify.annotations.NullMarked;
