/** The wiring of the import. */
@NullMarked
package dev.outbox.importer.internal.setup;

import org.jspecify.annotations.NullMarked;
