package dev.outbox.relay.broker;

/**
 * The broker does not answer at the moment. No event causes this, and it may pass.
 *
 * @since 0.1.0
 */
public final class BrokerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what was asked, of which broker, and what to check
     * @param cause what the broker's client said
     */
    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
