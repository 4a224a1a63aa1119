package dev.outbox.inbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The consumers of this service by their names in the inbox. Filled once, at start; thread-safe. */
final class InboxConsumers {

    private final Map<String, InboxProcessor> processors = new ConcurrentHashMap<>();

    /**
     * @throws InvalidInboxException if there is one of that name
     */
    void add(String consumer, InboxProcessor processor) {
        if (processors.putIfAbsent(consumer, processor) != null) {
            throw new InvalidInboxException(
                    "Two consumers of the inbox have the group '%s', so each would get a part of the events"
                            .formatted(consumer),
                    "Give each one another outbox.inbox.consumers.<name>.group, or none.");
        }
    }

    /** {@return the names of those whose guard may hold an event back until another has come} */
    List<String> thatHoldBack() {
        return processors.entrySet().stream()
                .filter(consumer -> consumer.getValue().mayHoldBack())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Nullable
    InboxProcessor find(String consumer) {
        return processors.get(consumer);
    }

    /**
     * {@return what handles the events of a consumer}
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    InboxProcessor get(String consumer) {
        InboxProcessor processor = find(consumer);
        if (processor == null) {
            throw new IllegalArgumentException(
                    "This service has no consumer '%s', only %s. Call the service that has parked the event."
                            .formatted(consumer, processors.keySet()));
        }
        return processor;
    }
}
