/** The page about the events that services publish and handle. */
@NullMarked
package dev.outbox.console.internal.page.catalog;

import org.jspecify.annotations.NullMarked;
