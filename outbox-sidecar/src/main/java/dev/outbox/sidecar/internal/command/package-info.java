/** Puts the commands together, and has those about the whole: status, lanes and audit. */
@NullMarked
package dev.outbox.sidecar.internal.command;

import org.jspecify.annotations.NullMarked;
