package dev.outbox.importer;

/**
 * What one transaction of the import has done.
 *
 * @param imported events that are in the outbox now
 * @param repeated events that were imported before, although the other outbox did not count them as complete
 * @param leftOut events that the mapping has left out
 * @param isElsewhere whether another instance is importing at the moment, so nothing was done here
 * @since 0.1.0
 */
public record ImportBatch(int imported, int repeated, int leftOut, boolean isElsewhere) {

    /** {@return whether nothing was pending} */
    public boolean isEmpty() {
        return imported + repeated + leftOut == 0;
    }
}
