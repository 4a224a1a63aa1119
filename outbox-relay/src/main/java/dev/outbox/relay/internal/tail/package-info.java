/** Finds new events in the write-ahead log, by logical replication. */
@NullMarked
package dev.outbox.relay.internal.tail;

import org.jspecify.annotations.NullMarked;
