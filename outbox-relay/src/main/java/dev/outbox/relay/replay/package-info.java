/**
 * Publishes again what the outbox still holds.
 */
@NullMarked
package dev.outbox.relay.replay;

import org.jspecify.annotations.NullMarked;
