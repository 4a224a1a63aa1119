/** The outbox as a queue, on databases without snapshots that can be stored: what is published is deleted. */
@NullMarked
package dev.outbox.relay.internal.queue;

import org.jspecify.annotations.NullMarked;
