/** The commands about what waits for a decision. */
@NullMarked
package dev.outbox.sidecar.internal.command.parked;

import org.jspecify.annotations.NullMarked;
