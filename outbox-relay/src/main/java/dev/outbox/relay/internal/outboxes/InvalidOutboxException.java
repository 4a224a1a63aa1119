package dev.outbox.relay.internal.outboxes;

/** One of the outboxes is not configured as it can be, and the sidecar does not start. */
final class InvalidOutboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    InvalidOutboxException(String name, String problem, String fix) {
        super("Outbox '%s' of outbox.relay.outboxes cannot be relayed: %s.".formatted(name, problem));
        this.fix = fix;
    }

    InvalidOutboxException(String name, String problem, Throwable cause) {
        super("Outbox '%s' of outbox.relay.outboxes cannot be relayed: %s.".formatted(name, problem), cause);
        this.fix = "Correct the setting below outbox.relay.outboxes.%s.".formatted(name);
    }

    String fix() {
        return fix;
    }
}
