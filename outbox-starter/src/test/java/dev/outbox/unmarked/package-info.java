/** A service that has forgotten to mark the aggregate id of its event. */
@NullMarked
package dev.outbox.unmarked;

import org.jspecify.annotations.NullMarked;
