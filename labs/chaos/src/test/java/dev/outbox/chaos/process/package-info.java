/** Processes of the test, and what can be done to them. */
@NullMarked
package dev.outbox.chaos.process;

import org.jspecify.annotations.NullMarked;
