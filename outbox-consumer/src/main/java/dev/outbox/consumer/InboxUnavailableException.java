package dev.outbox.consumer;

/** The inbox itself could not be read or written. This says nothing about the events. */
final class InboxUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InboxUnavailableException(String message, RuntimeException cause) {
        super(message, cause);
    }
}
