/**
 * What happens to an event whose handler fails: how often and after which pauses it is tried again, and what happens then.
 */
@NullMarked
package dev.outbox.consumer.internal.failure;

import org.jspecify.annotations.NullMarked;
