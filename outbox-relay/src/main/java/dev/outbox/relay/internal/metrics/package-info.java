/** What is measured of the relay, from its memory; the packages that are measured depend on nothing else. */
@NullMarked
package dev.outbox.relay.internal.metrics;

import org.jspecify.annotations.NullMarked;
