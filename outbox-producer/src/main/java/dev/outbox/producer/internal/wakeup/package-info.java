/**
 * Wakes the relay in another process after a commit.
 */
@NullMarked
package dev.outbox.producer.internal.wakeup;

import org.jspecify.annotations.NullMarked;
