/** Metrics of the event store, for Micrometer if the service has it. */
@NullMarked
package dev.outbox.eventstore.internal.metrics;

import org.jspecify.annotations.NullMarked;
