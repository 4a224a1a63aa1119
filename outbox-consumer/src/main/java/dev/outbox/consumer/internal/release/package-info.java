/** Parked events, handled after all: when somebody releases them, or when the gap before them is closed or given up. */
@NullMarked
package dev.outbox.consumer.internal.release;

import org.jspecify.annotations.NullMarked;
