/** The loops and the event store that everybody writes first, and a producer alone as the physical limit. */
@NullMarked
package dev.outbox.benchmark.handwritten;

import org.jspecify.annotations.NullMarked;
