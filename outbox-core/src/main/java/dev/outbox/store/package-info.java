/**
 * The outbox table: its migrations, the one statement that writes it and the statements that read it.
 */
@NullMarked
package dev.outbox.store;

import org.jspecify.annotations.NullMarked;
