/** Namastack outbox, JDBC, with a handler that sends to Kafka as its own Kafka module does. */
@NullMarked
package dev.outbox.benchmark.namastack;

import org.jspecify.annotations.NullMarked;
