/**
 * The relay as a process of its own.
 */
@NullMarked
package dev.outbox.relay.sidecar;

import org.jspecify.annotations.NullMarked;
