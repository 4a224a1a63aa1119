/** What a command prints and asks, in which words it fails, and how it ends. */
@NullMarked
package dev.outbox.sidecar.internal.terminal;

import org.jspecify.annotations.NullMarked;
