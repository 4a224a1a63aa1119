package dev.outbox.inbox;

/**
 * An event before a guard.
 *
 * @param topic where it comes from
 * @param metadata what its record says
 */
public record GuardedEvent(String topic, EventMetadata metadata) {

    /** {@return type, version and id, to name the event in messages} */
    @Override
    public String toString() {
        return metadata.toString();
    }
}
