/** From a stored payload to the version that a handler understands. */
@NullMarked
package dev.outbox.internal.upcast;

import org.jspecify.annotations.NullMarked;
