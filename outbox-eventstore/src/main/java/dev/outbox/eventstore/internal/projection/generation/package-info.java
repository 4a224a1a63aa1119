/** The generations of a projection: how one is built beside the one that is read, and takes its place. */
@NullMarked
package dev.outbox.eventstore.internal.projection.generation;

import org.jspecify.annotations.NullMarked;
