/** Axon Framework 5 with its JPA engine, without Axon Server. */
@NullMarked
package dev.outbox.benchmark.axon5;

import org.jspecify.annotations.NullMarked;
