package dev.outbox.upcast;

/**
 * A payload of a version that is newer than anything the service knows, because its producer was deployed first. The service
 * decides with {@code outbox.versions.newer} what happens to it.
 *
 * @since 0.1.0
 */
public final class NewerVersionException extends UnreadablePayloadException {

    private static final long serialVersionUID = 1L;

    private final boolean parked;

    public NewerVersionException(String message, boolean parked) {
        super(message);
        this.parked = parked;
    }

    /** {@return whether the event is to be parked at once; if not, it fails like any other event} */
    public boolean isToBeParked() {
        return parked;
    }
}
