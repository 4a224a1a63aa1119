package dev.outbox.importer;

/**
 * The import has come to an event that it cannot map. What is before it is imported; the event, and all that is behind it, waits.
 *
 * @since 0.1.0
 */
public final class ImportStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The import has come to this event. */
    public ImportStoppedException(String source, PeerEvent event, RuntimeException cause) {
        super("The import from %s has stopped before %s: %s".formatted(source, event, cause.getMessage()), cause);
    }
}
