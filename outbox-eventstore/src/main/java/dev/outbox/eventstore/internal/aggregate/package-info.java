/** From an annotated class to its aggregates. */
@NullMarked
package dev.outbox.eventstore.internal.aggregate;

import org.jspecify.annotations.NullMarked;
