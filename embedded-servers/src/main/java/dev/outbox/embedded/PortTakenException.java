package dev.outbox.embedded;

/** Another server listens on the port that a server was to be started on. */
final class PortTakenException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String server, int port, String who) {
        super("%s cannot be started on port %d: %s listens there. Stop that one, or choose another port (0: a free one)"
                .formatted(server, port, who));
    }
}
