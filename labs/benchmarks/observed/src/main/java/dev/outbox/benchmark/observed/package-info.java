/** The outbox in a service that is observed: its class path has what Boot needs for metrics and traces. */
@NullMarked
package dev.outbox.benchmark.observed;

import org.jspecify.annotations.NullMarked;
