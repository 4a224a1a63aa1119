/** Who consumes, how far behind each is, and what keeps it back: from Kafka, and from the inbox of this process if it has one. */
@NullMarked
package dev.outbox.console.internal.consumers;

import org.jspecify.annotations.NullMarked;
