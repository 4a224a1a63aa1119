/** Ourselves. */
@NullMarked
package dev.outbox.benchmark.outbox;

import org.jspecify.annotations.NullMarked;
