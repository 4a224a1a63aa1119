/** What has been imported. */
@NullMarked
package dev.outbox.importer.internal.ledger;

import org.jspecify.annotations.NullMarked;
