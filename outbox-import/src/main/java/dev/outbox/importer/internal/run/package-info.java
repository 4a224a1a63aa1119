/** The import itself. */
@NullMarked
package dev.outbox.importer.internal.run;

import org.jspecify.annotations.NullMarked;
