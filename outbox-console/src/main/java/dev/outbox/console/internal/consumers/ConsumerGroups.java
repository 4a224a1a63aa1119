package dev.outbox.console.internal.consumers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The groups that read the topics of an outbox.
 *
 * @param topics the topics that are looked at: those of the latest events, and those that cannot be written to
 * @param groups who has read from them; empty if that is not known
 * @param notKnown why it is not known, or null
 */
public record ConsumerGroups(
        List<String> topics,
        List<ConsumerGroup> groups,
        @Nullable String notKnown) {

    /** Keeps unmodifiable copies. */
    public ConsumerGroups {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
    }

    /** Finds them, where there is a relay. */
    @FunctionalInterface
    public interface Lookup {

        /** {@return the groups of an outbox} */
        ConsumerGroups of(@Nullable String outbox);
    }
}
