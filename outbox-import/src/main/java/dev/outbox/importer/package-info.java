/** Moves what another outbox has not published yet into this one. */
@NullMarked
package dev.outbox.importer;

import org.jspecify.annotations.NullMarked;
