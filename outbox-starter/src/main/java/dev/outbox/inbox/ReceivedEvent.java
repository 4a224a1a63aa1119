package dev.outbox.inbox;

import dev.outbox.event.EventPayload;

/**
 * An event as it came from the topic.
 *
 * @param metadata what the record says about it
 * @param payload in the stored version
 */
record ReceivedEvent(EventMetadata metadata, EventPayload payload) {

    @Override
    public String toString() {
        return metadata.toString();
    }
}
