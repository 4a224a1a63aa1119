/** Traces of the sidecar, which are off unless they are sent somewhere. */
@NullMarked
package dev.outbox.sidecar.internal.tracing;

import org.jspecify.annotations.NullMarked;
