/** States of aggregates as they are kept. */
@NullMarked
package dev.outbox.eventstore.internal.snapshot;

import org.jspecify.annotations.NullMarked;
