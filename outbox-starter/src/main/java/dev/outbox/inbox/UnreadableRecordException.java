package dev.outbox.inbox;

/** A record whose headers say something that nobody here understands. Another attempt would change nothing. */
final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String message) {
        super(message);
    }
}
