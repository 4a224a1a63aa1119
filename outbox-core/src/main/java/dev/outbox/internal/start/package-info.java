/**
 * The line that an application logs at start: what the outbox has found in it.
 */
@NullMarked
package dev.outbox.internal.start;

import org.jspecify.annotations.NullMarked;
