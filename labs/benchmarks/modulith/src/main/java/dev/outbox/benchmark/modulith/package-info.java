/** Spring Modulith's event publication registry, with a listener that sends to Kafka as its own Kafka module does. */
@NullMarked
package dev.outbox.benchmark.modulith;

import org.jspecify.annotations.NullMarked;
