package dev.outbox.consumer.internal.record;

import dev.outbox.consumer.EventMetadata;
import dev.outbox.consumer.internal.upcast.StoredEvent;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;

/**
 * An event as it came from the topic.
 *
 * @param metadata what the record says about it
 * @param payload the payload, in the stored version
 */
public record ReceivedEvent(EventMetadata metadata, EventPayload payload) {

    public StoredEvent stored() {
        return new StoredEvent(
                metadata.id(), new EventType(metadata.type(), metadata.version()), payload, metadata.headers());
    }

    @Override
    public String toString() {
        return metadata.toString();
    }
}
