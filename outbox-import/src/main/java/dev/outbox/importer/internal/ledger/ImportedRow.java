package dev.outbox.importer.internal.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of another outbox.
 *
 * @param id of the row
 * @param eventId of its event here; null if it was left out
 */
public record ImportedRow(String id, @Nullable UUID eventId) {}
