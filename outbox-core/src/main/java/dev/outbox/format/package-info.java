/**
 * Payload formats: how an event becomes bytes, and bytes become an event.
 */
@NullMarked
package dev.outbox.format;

import org.jspecify.annotations.NullMarked;
