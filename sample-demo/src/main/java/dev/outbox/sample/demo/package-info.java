/** Starts PostgreSQL, Kafka, both services and a relay, places orders, and counts what became of them. */
@NullMarked
package dev.outbox.sample.demo;

import org.jspecify.annotations.NullMarked;
