package dev.outbox.consumer.internal.health;

import dev.outbox.consumer.internal.parking.ParkedBacklog;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a service shows of its inbox at the endpoint. It has consumers and topics, and neither a key nor a payload nor the id of
 * an event.
 *
 * @param consumers those of handlers and of idempotent listeners, by their names
 */
record InboxStatus(List<ConsumerView> consumers) {

    /**
     * A consumer.
     *
     * @param consumer its name in the inbox
     * @param topics what it reads: names, a pattern or partitions
     * @param dead why it does not read, or not with all of its threads; null if it does
     * @param parked how much of it is parked, by whichever process; null before the first look
     */
    record ConsumerView(
            String consumer,
            List<String> topics,
            @Nullable String dead,
            @Nullable ParkedBacklog parked) {}

    /** {@return what is known at the moment} */
    static InboxStatus of(InboxView view) {
        SortedMap<String, String> dead = view.dead();
        return new InboxStatus(view.containers().topics().entrySet().stream()
                .map(consumer -> new ConsumerView(
                        consumer.getKey(),
                        consumer.getValue(),
                        dead.get(consumer.getKey()),
                        view.parked() == null
                                ? null
                                : view.parked().backlog(consumer.getKey()).orElse(null)))
                .toList());
    }
}
