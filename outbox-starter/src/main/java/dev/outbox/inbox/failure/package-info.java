/**
 * What becomes of an event whose handler fails: how often and after which pauses it is tried again, and what then.
 */
@NullMarked
package dev.outbox.inbox.failure;

import org.jspecify.annotations.NullMarked;
