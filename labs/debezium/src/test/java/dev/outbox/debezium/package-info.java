/** Debezium next to the relay, on the same table. */
@NullMarked
package dev.outbox.debezium;

import org.jspecify.annotations.NullMarked;
