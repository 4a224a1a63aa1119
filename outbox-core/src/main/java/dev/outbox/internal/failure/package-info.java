/** What went wrong, for people. */
@NullMarked
package dev.outbox.internal.failure;

import org.jspecify.annotations.NullMarked;
