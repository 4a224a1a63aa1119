/** Streams in the database, and what is read of them. */
@NullMarked
package dev.outbox.eventstore.internal.stream;

import org.jspecify.annotations.NullMarked;
