package dev.outbox.consumer.internal.record;

/** A record whose headers this service cannot understand. Another attempt would change nothing. */
public final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String message) {
        super(message);
    }
}
