/** The commands about replays. */
@NullMarked
package dev.outbox.sidecar.internal.command.replay;

import org.jspecify.annotations.NullMarked;
