/**
 * How long the inbox remembers applied events: longer than the topics can deliver them.
 */
@NullMarked
package dev.outbox.consumer.retention;

import org.jspecify.annotations.NullMarked;
