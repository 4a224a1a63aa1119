/** The commands about events. */
@NullMarked
package dev.outbox.sidecar.internal.command.event;

import org.jspecify.annotations.NullMarked;
