package dev.outbox.embedded;

/** A server's process has ended before the server was ready; the message has the end of its log. */
final class ServerEndedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ServerEndedException(String message) {
        super(message);
    }
}
