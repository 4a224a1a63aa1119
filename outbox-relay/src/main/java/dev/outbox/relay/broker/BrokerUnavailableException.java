package dev.outbox.relay.broker;

/** The broker cannot be asked at the moment. It is no event's fault and may pass. */
public final class BrokerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what was asked, of whom, and what to look at
     * @param cause what the broker's client said
     */
    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
