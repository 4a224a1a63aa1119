/** Traces through the relay, for applications that have a tracer. */
@NullMarked
package dev.outbox.relay.internal.tracing;

import org.jspecify.annotations.NullMarked;
