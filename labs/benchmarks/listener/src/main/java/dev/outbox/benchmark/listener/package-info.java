/** What one writes without us: plain listeners of Spring Kafka, with and without remembering what they have handled. */
@NullMarked
package dev.outbox.benchmark.listener;

import org.jspecify.annotations.NullMarked;
