/** The tables of other outboxes. */
@NullMarked
package dev.outbox.importer.internal.peer;

import org.jspecify.annotations.NullMarked;
