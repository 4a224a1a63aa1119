/** The relay as a separate process. */
@NullMarked
package dev.outbox.relay.sidecar;

import org.jspecify.annotations.NullMarked;
