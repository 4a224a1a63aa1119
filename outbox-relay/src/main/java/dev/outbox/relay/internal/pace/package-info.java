/** How fast the relay goes, and how long it waits. */
@NullMarked
package dev.outbox.relay.internal.pace;

import org.jspecify.annotations.NullMarked;
