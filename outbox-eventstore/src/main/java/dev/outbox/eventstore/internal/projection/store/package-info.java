/** The rows of the lanes of projections: whose they are, and how far they have come. */
@NullMarked
package dev.outbox.eventstore.internal.projection.store;

import org.jspecify.annotations.NullMarked;
