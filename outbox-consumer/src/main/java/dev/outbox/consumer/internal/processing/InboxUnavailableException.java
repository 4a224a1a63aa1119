package dev.outbox.consumer.internal.processing;

/** The inbox itself could not be read or written. This says nothing about the events. */
public final class InboxUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InboxUnavailableException(String message, RuntimeException cause) {
        super(message, cause);
    }
}
