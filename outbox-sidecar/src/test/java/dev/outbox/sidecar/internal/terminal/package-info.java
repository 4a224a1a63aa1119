/** The terminal of the command line. */
@NullMarked
package dev.outbox.sidecar.internal.terminal;

import org.jspecify.annotations.NullMarked;
