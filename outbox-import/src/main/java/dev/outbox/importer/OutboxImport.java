package dev.outbox.importer;

/**
 * Moves what another outbox on the same database has not published yet into this one. A bean of this type exists if
 * {@code outbox.import.source} names the other outbox. With {@code outbox.import.mode=follow} it is called again and again, by one
 * instance at a time. Thread-safe.
 *
 * @since 0.1.0
 */
public interface OutboxImport {

    /** {@return what would be imported, what would stay and what would stop the import} Changes nothing. */
    ImportPlan plan();

    /**
     * Imports the oldest events, {@code outbox.import.batch-size} of them at most. In one transaction of its own, their rows are
     * locked, those that were not imported before are appended to the outbox, and all of them become complete for the other outbox. If
     * the process ends in between, nothing of that has happened.
     *
     * @throws ImportStoppedException if the first event cannot be mapped; events before it were imported by an earlier call
     */
    ImportBatch runOnce();
}
