/** Tables that a module brings along. */
@NullMarked
package dev.outbox.internal.migration;

import org.jspecify.annotations.NullMarked;
