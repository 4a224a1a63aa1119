/**
 * Checks before a service starts that everything it declares has what it needs.
 */
@NullMarked
package dev.outbox.internal.check;

import org.jspecify.annotations.NullMarked;
