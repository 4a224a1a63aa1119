package dev.outbox.importer.internal.peer;

/** What happens to a row that is complete. */
public enum Completion {
    /** It stays, marked as complete. */
    MARK,
    /** It is deleted. */
    DELETE,
    /** It is moved to the table for complete rows; Spring Modulith has one. */
    ARCHIVE
}
