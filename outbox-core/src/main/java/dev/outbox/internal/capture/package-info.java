/** What the producer does for modules that bring events along: they need none of its classes. */
@NullMarked
package dev.outbox.internal.capture;

import org.jspecify.annotations.NullMarked;
