/**
 * Wakes the relay in another process after a commit.
 */
@NullMarked
package dev.outbox.notify;

import org.jspecify.annotations.NullMarked;
