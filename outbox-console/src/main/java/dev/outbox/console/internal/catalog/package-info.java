/** The events that services publish and handle, as their catalogs describe them. */
@NullMarked
package dev.outbox.console.internal.catalog;

import org.jspecify.annotations.NullMarked;
