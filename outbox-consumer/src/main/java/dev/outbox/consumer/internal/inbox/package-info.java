/** From a polled record to its outcome, and the beans that make this up. */
@NullMarked
package dev.outbox.consumer.internal.inbox;

import org.jspecify.annotations.NullMarked;
