/** Metrics of the capture of events, for Micrometer if the service has it. */
@NullMarked
package dev.outbox.producer.internal.metrics;

import org.jspecify.annotations.NullMarked;
