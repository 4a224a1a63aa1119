/**
 * Transactions whose locks do not outlast the process that took them.
 */
@NullMarked
package dev.outbox.internal.transaction;

import org.jspecify.annotations.NullMarked;
