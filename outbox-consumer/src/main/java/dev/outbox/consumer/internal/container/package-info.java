/** From a polled record to its outcome: processes what was polled, and commits the offsets of those that are done. */
@NullMarked
package dev.outbox.consumer.internal.container;

import org.jspecify.annotations.NullMarked;
