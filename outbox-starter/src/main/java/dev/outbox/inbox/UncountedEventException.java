package dev.outbox.inbox;

/** An event that a guard cannot judge, as it does not say which one of its aggregate it is. */
final class UncountedEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;

    UncountedEventException(int index, GuardedEvent event) {
        super(
                ("%s has no ce_subject with a number in ce_sequence, by which guard aggregate-sequence would know it. Let its"
                                + " producer count, or choose guard event-id for this consumer.")
                        .formatted(event));
        this.index = index;
    }

    /** {@return place of the event among those that were asked about} */
    int index() {
        return index;
    }
}
