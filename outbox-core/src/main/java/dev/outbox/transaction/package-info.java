/**
 * Transactions whose locks do not outlast the process that took them.
 */
@NullMarked
package dev.outbox.transaction;

import org.jspecify.annotations.NullMarked;
