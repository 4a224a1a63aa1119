package dev.outbox.consumer.guard;

/**
 * An event that a guard cannot judge, because it does not say which event of its aggregate it is, or says so in a way that the
 * guard cannot store. Another attempt would change nothing, so its failure policy is applied at once.
 *
 * @since 0.1.0
 */
public final class UncountedEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;

    /**
     * @param index place of the event among those that the guard was asked about
     * @param message names the event, and says what its producer, or the service, should change
     */
    public UncountedEventException(int index, String message) {
        super(message);
        this.index = index;
    }

    static UncountedEventException withoutSequence(int index, GuardedEvent event) {
        return new UncountedEventException(
                index,
                ("%s has no ce_subject with a number in ce_sequence, which guard aggregate-sequence needs. Count the"
                                + " events in their producer, or choose guard event-id for this consumer.")
                        .formatted(event));
    }

    static UncountedEventException withLongSubject(int index, GuardedEvent event, int longest) {
        return new UncountedEventException(
                index,
                ("%s has a ce_subject of more than %d characters, which guard aggregate-sequence cannot hold. Shorten it"
                                + " in the producer, or choose guard event-id for this consumer.")
                        .formatted(event, longest));
    }

    /** {@return the place of the event among those that the guard was asked about} */
    public int index() {
        return index;
    }
}
