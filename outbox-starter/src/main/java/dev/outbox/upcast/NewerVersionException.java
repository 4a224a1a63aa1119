package dev.outbox.upcast;

/**
 * A payload of a version that is newer than anything the service knows: its producer was deployed first. What is to become
 * of it, the service has decided by {@code outbox.versions.newer}.
 */
public final class NewerVersionException extends UnreadablePayloadException {

    private static final long serialVersionUID = 1L;

    private final boolean parked;

    NewerVersionException(String message, boolean parked) {
        super(message);
        this.parked = parked;
    }

    /** {@return whether it is to be put aside at once; if not, it fails as any other event} */
    public boolean isToBeParked() {
        return parked;
    }
}
