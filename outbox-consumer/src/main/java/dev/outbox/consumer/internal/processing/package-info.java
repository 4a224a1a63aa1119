/** One event through its guard and its handlers, and what follows a failure. */
@NullMarked
package dev.outbox.consumer.internal.processing;

import org.jspecify.annotations.NullMarked;
