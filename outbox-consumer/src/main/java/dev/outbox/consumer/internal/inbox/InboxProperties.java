package dev.outbox.consumer.internal.inbox;

import dev.outbox.consumer.TombstonePolicy;
import dev.outbox.consumer.guard.GuardKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How domain events are consumed.
 *
 * @param enabled whether events are consumed at all
 * @param group consumer group, and name of the consumer in the inbox; by default spring.kafka.consumer.group-id, else
 *     spring.application.name. If you change it, every event that is still on the topics counts as new
 * @param topics topics to consume; by default those of the events that have a handler
 * @param concurrency number of threads; they share the partitions of the topics
 * @param guard how a consumer recognises what it has applied: event-id, by the ids of applied events, or
 *     aggregate-sequence, by the sequence within the aggregate, which needs all events of an aggregate on the consumed
 *     topics. If you change it, every event that is still on the topics counts as new
 * @param idHeader header that holds the event id of records that are not CloudEvents, for idempotent listeners and the
 *     inbox API; without it, such records are identified by their place in the topic
 * @param tombstones what happens to a record that has an event id but no payload: ignore skips it, fail applies the failure
 *     policy
 * @param consumers settings of further consumers, by the names that handlers give them
 */
@ConfigurationProperties("outbox.inbox")
public record InboxProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String group,
        @DefaultValue List<String> topics,
        @DefaultValue("1") int concurrency,
        @DefaultValue("event-id") GuardKind guard,
        @DefaultValue("") String idHeader,
        @DefaultValue("ignore") TombstonePolicy tombstones,
        @DefaultValue Map<String, Consumer> consumers) {

    /**
     * @throws IllegalArgumentException if the concurrency is not positive
     */
    public InboxProperties {
        requirePositive("concurrency", concurrency);
        topics = List.copyOf(topics);
        consumers = Map.copyOf(consumers);
    }

    /**
     * Settings of one consumer.
     *
     * @param group consumer group, and name of the consumer in the inbox; by default the group of the service, a dot and the
     *     name of the consumer
     * @param topics topics to consume; by default those of the events that have a handler
     * @param concurrency number of threads
     * @param guard how it knows what it has applied; by default as the service's consumer
     */
    public record Consumer(
            @Nullable String group,
            @DefaultValue List<String> topics,
            @DefaultValue("1") int concurrency,
            @Nullable GuardKind guard) {

        /**
         * @throws IllegalArgumentException if the concurrency is not positive
         */
        public Consumer {
            requirePositive("consumers.*.concurrency", concurrency);
            topics = List.copyOf(topics);
        }
    }

    /** {@return the settings of a consumer} */
    public Consumer consumer(String name, String serviceGroup) {
        if (name.isEmpty()) {
            return new Consumer(serviceGroup, topics, concurrency, guard);
        }
        Consumer configured = consumers.get(name);
        String group = serviceGroup + "." + name;
        return configured == null
                ? new Consumer(group, List.of(), 1, guard)
                : new Consumer(
                        configured.group() == null ? group : configured.group(),
                        configured.topics(),
                        configured.concurrency(),
                        configured.guard() == null ? guard : configured.guard());
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("outbox.inbox.%s is %d; it must be at least 1".formatted(name, value));
        }
    }
}
