/** What is checked before the first command. */
@NullMarked
package dev.outbox.eventstore.internal.check;

import org.jspecify.annotations.NullMarked;
