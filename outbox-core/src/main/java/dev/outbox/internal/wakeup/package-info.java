/**
 * How a commit tells the relay that there is something to read.
 */
@NullMarked
package dev.outbox.internal.wakeup;

import org.jspecify.annotations.NullMarked;
