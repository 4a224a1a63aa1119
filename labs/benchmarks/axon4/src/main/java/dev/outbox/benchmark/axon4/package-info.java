/** Axon Framework 4 with its JPA engine, without Axon Server. */
@NullMarked
package dev.outbox.benchmark.axon4;

import org.jspecify.annotations.NullMarked;
