/**
 * How long the inbox remembers processed events: for longer than the topics can deliver them.
 */
@NullMarked
package dev.outbox.inbox.retention;

import org.jspecify.annotations.NullMarked;
