package dev.outbox.devservices.internal;

/** Another server listens on the port that a server was to be started on. */
final class PortTakenException extends ServerStartException {

    private static final long serialVersionUID = 1L;

    private final String server;

    PortTakenException(String server, int port, String who) {
        super("%s cannot be started on port %d: %s listens there. Stop that one, or choose another port (0: a free one)"
                .formatted(server, port, who));
        this.server = server;
    }

    @Override
    public String action() {
        return "Stop the server that listens there, or set outbox.devservices.%s.port to another port; 0, the default, finds a free one."
                .formatted(server.equals("Kafka") ? "kafka" : "postgres");
    }
}
