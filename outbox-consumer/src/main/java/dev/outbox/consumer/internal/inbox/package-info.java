/** The beans that make up the inbox. */
@NullMarked
package dev.outbox.consumer.internal.inbox;

import org.jspecify.annotations.NullMarked;
