/** The events that an outbox still has, and how far each of them has come: what a person searches in. */
@NullMarked
package dev.outbox.relay.events;

import org.jspecify.annotations.NullMarked;
