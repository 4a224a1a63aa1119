package dev.outbox.relay.operations;

import java.util.List;

/**
 * There is nothing to operate.
 *
 * @since 0.1.0
 */
public final class UnavailableOutboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean known;

    private UnavailableOutboxException(String message, boolean known) {
        super(message);
        this.known = known;
    }

    /** {@return the exception for a name that no outbox has} */
    public static UnavailableOutboxException unknown(String name, List<String> names) {
        return new UnavailableOutboxException(
                "There is no outbox '%s' here; there is %s".formatted(name, String.join(", ", names)), false);
    }

    /** {@return the exception for an outbox whose relay has not started yet} */
    public static UnavailableOutboxException notStarted(String name, String reason) {
        return new UnavailableOutboxException("Outbox '%s' is not relayed yet: %s".formatted(name, reason), true);
    }

    /** {@return whether there is an outbox of this name} */
    public boolean isKnown() {
        return known;
    }
}
