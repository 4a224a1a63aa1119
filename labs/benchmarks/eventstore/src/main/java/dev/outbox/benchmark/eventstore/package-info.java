/** Ourselves as an event store, without a relay. */
@NullMarked
package dev.outbox.benchmark.eventstore;

import org.jspecify.annotations.NullMarked;
