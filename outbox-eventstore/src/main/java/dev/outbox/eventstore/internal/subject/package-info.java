/** Whose data is encrypted, under which keys, and how it is forgotten. */
@NullMarked
package dev.outbox.eventstore.internal.subject;

import org.jspecify.annotations.NullMarked;
