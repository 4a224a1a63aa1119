/**
 * Metrics of the consumers of the inbox, for Micrometer if the service has it.
 */
@NullMarked
package dev.outbox.consumer.internal.metrics;

import org.jspecify.annotations.NullMarked;
