package dev.outbox.devservices.internal;

/** A server's process has ended before the server was ready; the message has the end of its log. */
final class ServerEndedException extends ServerStartException {

    private static final long serialVersionUID = 1L;

    ServerEndedException(String message) {
        super(message);
    }

    @Override
    public String action() {
        return "Fix the problem that the server's log shows. To use a server of your own instead, set spring.datasource.url or"
                + " spring.kafka.bootstrap-servers; outbox.devservices.enabled=false starts no server at all.";
    }
}
