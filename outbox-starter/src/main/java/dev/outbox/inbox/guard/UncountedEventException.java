package dev.outbox.inbox.guard;

/**
 * An event that a guard cannot judge, as it does not say which one of its aggregate it is, or says so in a way that the guard
 * cannot hold. Another attempt would change nothing: its failure policy is carried out at once.
 */
public final class UncountedEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;

    /**
     * @param index place of the event among those that were asked about
     * @param message names the event, and says what its producer, or the service, should change
     */
    public UncountedEventException(int index, String message) {
        super(message);
        this.index = index;
    }

    static UncountedEventException withoutSequence(int index, GuardedEvent event) {
        return new UncountedEventException(
                index,
                ("%s has no ce_subject with a number in ce_sequence, by which guard aggregate-sequence would know it. Let its"
                                + " producer count, or choose guard event-id for this consumer.")
                        .formatted(event));
    }

    static UncountedEventException withLongSubject(int index, GuardedEvent event, int longest) {
        return new UncountedEventException(
                index,
                ("%s has a ce_subject of more than %d characters, which guard aggregate-sequence cannot hold. Let its producer"
                                + " shorten it, or choose guard event-id for this consumer.")
                        .formatted(event, longest));
    }

    /** {@return place of the event among those that were asked about} */
    public int index() {
        return index;
    }
}
