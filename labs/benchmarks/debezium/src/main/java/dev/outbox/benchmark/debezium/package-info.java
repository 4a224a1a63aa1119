/** Debezium Engine with its outbox event router. */
@NullMarked
package dev.outbox.benchmark.debezium;

import org.jspecify.annotations.NullMarked;
