/** From a stored payload to the version that a handler understands. */
@NullMarked
package dev.outbox.consumer.internal.upcast;

import org.jspecify.annotations.NullMarked;
