/** What is a command. */
@NullMarked
package dev.outbox.sidecar.internal.command;

import org.jspecify.annotations.NullMarked;
