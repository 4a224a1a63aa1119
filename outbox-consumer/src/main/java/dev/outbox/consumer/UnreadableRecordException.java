package dev.outbox.consumer;

/** A record whose headers this service cannot understand. Another attempt would change nothing. */
final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String message) {
        super(message);
    }
}
