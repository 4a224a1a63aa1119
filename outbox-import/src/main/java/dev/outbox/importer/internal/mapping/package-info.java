/** Makes events of ours out of those of other outboxes. */
@NullMarked
package dev.outbox.importer.internal.mapping;

import org.jspecify.annotations.NullMarked;
