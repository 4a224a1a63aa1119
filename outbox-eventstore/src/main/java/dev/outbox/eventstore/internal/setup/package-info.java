/** How the event store is put together. */
@NullMarked
package dev.outbox.eventstore.internal.setup;

import org.jspecify.annotations.NullMarked;
