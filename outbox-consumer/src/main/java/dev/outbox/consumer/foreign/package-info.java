/** Reads records that are no CloudEvents as events, so that a handler takes them like any other. */
@NullMarked
package dev.outbox.consumer.foreign;

import org.jspecify.annotations.NullMarked;
