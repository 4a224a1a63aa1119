/** How the inbox asks the broker about what it reads from it. */
@NullMarked
package dev.outbox.consumer.internal.broker;

import org.jspecify.annotations.NullMarked;
