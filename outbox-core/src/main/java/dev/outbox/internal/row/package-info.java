/** Events as columns of the outbox table. */
@NullMarked
package dev.outbox.internal.row;

import org.jspecify.annotations.NullMarked;
