package dev.outbox.console.internal.consumers;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of the inbox of this process.
 *
 * @param consumer its name, which is that of its group
 * @param parkedKeys how many keys it has parked
 * @param parkedEvents how many events these have
 * @param gaps how many keys wait for an event that has not arrived
 * @param forks how many keys have two events under the same number
 * @param parkedAt since when the oldest of them is parked, or null
 * @param versions which versions of events it has got since this process was started
 */
public record InboxConsumer(
        String consumer,
        long parkedKeys,
        long parkedEvents,
        long gaps,
        long forks,
        @Nullable Instant parkedAt,
        List<SeenEventVersion> versions) {

    /** Keeps an unmodifiable copy. */
    public InboxConsumer {
        versions = List.copyOf(versions);
    }

    /** Finds them, where there is an inbox. */
    @FunctionalInterface
    public interface Lookup {

        /** {@return the consumers, by name} */
        List<InboxConsumer> all();
    }

    /**
     * A version that is still seen.
     *
     * @param type the type of the event
     * @param version the version of its payload, as it was received
     * @param events how many have been read
     * @param seenAt when the last one was read
     */
    public record SeenEventVersion(String type, int version, long events, Instant seenAt) {}
}
