/** Whether anything is late, since when, and why: the first thing that an operator asks. */
@NullMarked
package dev.outbox.console.internal.overview;

import org.jspecify.annotations.NullMarked;
