package dev.outbox.consumer.internal.processing;

import dev.outbox.consumer.internal.handler.InvalidInboxException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The consumers of this service by their names in the inbox. Filled once, at start; thread-safe. */
public final class InboxConsumers {

    private final Map<String, InboxProcessor> processors = new ConcurrentHashMap<>();

    /**
     * Adds a consumer.
     *
     * @throws InvalidInboxException if there already is a consumer of that name
     */
    public void add(String consumer, InboxProcessor processor) {
        if (processors.putIfAbsent(consumer, processor) != null) {
            throw new InvalidInboxException(
                    "Two consumers of the inbox have the group '%s', so each would get only a part of the events"
                            .formatted(consumer),
                    "Give each its own outbox.inbox.consumers.<name>.group, or none.");
        }
    }

    /** {@return the names of the consumers whose guard may hold an event back until another one has arrived} */
    public List<String> thatHoldBack() {
        return processors.entrySet().stream()
                .filter(consumer -> consumer.getValue().mayHoldBack())
                .map(Map.Entry::getKey)
                .toList();
    }

    public @Nullable InboxProcessor find(String consumer) {
        return processors.get(consumer);
    }

    /**
     * {@return the processor that handles the events of a consumer}
     *
     * @throws IllegalArgumentException if there is no consumer of that name
     */
    public InboxProcessor get(String consumer) {
        InboxProcessor processor = find(consumer);
        if (processor == null) {
            throw new IllegalArgumentException(
                    "This service has no consumer '%s', only %s. Call the service that has parked the event."
                            .formatted(consumer, processors.keySet()));
        }
        return processor;
    }
}
