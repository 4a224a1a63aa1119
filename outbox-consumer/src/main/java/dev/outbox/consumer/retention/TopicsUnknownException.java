package dev.outbox.consumer.retention;

/** Kafka does not say how long it keeps the topics. */
final class TopicsUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicsUnknownException(String message) {
        super(message);
    }

    TopicsUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
