/** The metrics of the relay in a Micrometer registry, if the application has one. */
@NullMarked
package dev.outbox.relay.internal.micrometer;

import org.jspecify.annotations.NullMarked;
