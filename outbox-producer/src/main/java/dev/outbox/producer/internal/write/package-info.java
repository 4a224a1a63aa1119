/**
 * Writes the events of a transaction into the outbox, in that transaction.
 */
@NullMarked
package dev.outbox.producer.internal.write;

import org.jspecify.annotations.NullMarked;
