package dev.outbox.inbox;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.upcast.StoredEvent;

/**
 * An event as it came from the topic.
 *
 * @param metadata what the record says about it
 * @param payload in the stored version
 */
record ReceivedEvent(EventMetadata metadata, EventPayload payload) {

    StoredEvent stored() {
        return new StoredEvent(
                metadata.id(), new EventType(metadata.type(), metadata.version()), payload, metadata.headers());
    }

    @Override
    public String toString() {
        return metadata.toString();
    }
}
