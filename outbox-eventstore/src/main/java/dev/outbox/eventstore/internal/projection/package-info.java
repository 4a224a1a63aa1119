/** The projections of a service: found, run in the background, shown, and changed by people. */
@NullMarked
package dev.outbox.eventstore.internal.projection;

import org.jspecify.annotations.NullMarked;
