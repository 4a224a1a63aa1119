/** What the producer and the event store know of each other: neither needs the other's classes. */
@NullMarked
package dev.outbox.internal.stream;

import org.jspecify.annotations.NullMarked;
