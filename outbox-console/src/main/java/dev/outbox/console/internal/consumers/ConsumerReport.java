package dev.outbox.console.internal.consumers;

import dev.outbox.console.internal.overview.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the consumers as a whole. Thread-safe. */
public final class ConsumerReport {

    private static final Comparator<ConsumerGroup> BY_LAG = Comparator.comparingLong(ConsumerGroup::lag);

    private final ConsumerGroups.@Nullable Lookup groups;
    private final InboxConsumer.@Nullable Lookup inbox;

    /**
     * @param groups null if this process has no relay
     * @param inbox null if it has no inbox
     */
    public ConsumerReport(ConsumerGroups.@Nullable Lookup groups, InboxConsumer.@Nullable Lookup inbox) {
        this.groups = groups;
        this.inbox = inbox;
    }

    /**
     * {@return who consumes now}
     *
     * @param outbox whose topics are looked at, or null
     */
    public Consumers of(@Nullable String outbox) {
        ConsumerGroups found = groups == null ? null : groups.of(outbox);
        List<InboxConsumer> own = inbox == null ? null : inbox.all();
        return new Consumers(answer(found, own), found, own);
    }

    private static String answer(@Nullable ConsumerGroups groups, @Nullable List<InboxConsumer> inbox) {
        return Stream.of(abandoned(groups), parked(inbox), notKnown(groups), behind(groups), unread(groups))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("Every consumer has read everything.");
    }

    private static Optional<String> abandoned(@Nullable ConsumerGroups groups) {
        return all(groups)
                .filter(ConsumerGroup::isAbandoned)
                .max(BY_LAG)
                .map(group -> "Group %s has no consumer now, and %s of topic %s wait%s for it."
                        .formatted(
                                group.group(),
                                Words.count(group.lag(), "record"),
                                group.topic(),
                                group.lag() == 1 ? "s" : ""));
    }

    private static Optional<String> parked(@Nullable List<InboxConsumer> inbox) {
        long keys = inbox == null
                ? 0
                : inbox.stream().mapToLong(InboxConsumer::parkedKeys).sum();
        long events = inbox == null
                ? 0
                : inbox.stream().mapToLong(InboxConsumer::parkedEvents).sum();
        return keys == 0
                ? Optional.empty()
                : Optional.of("The inbox has parked %s of %s."
                        .formatted(Words.count(events, "event"), Words.count(keys, "key")));
    }

    private static Optional<String> notKnown(@Nullable ConsumerGroups groups) {
        return groups == null ? Optional.empty() : Optional.ofNullable(groups.notKnown());
    }

    private static Optional<String> behind(@Nullable ConsumerGroups groups) {
        return all(groups)
                .filter(group -> group.lag() > 0)
                .max(BY_LAG)
                .map(group -> "Group %s is %s of topic %s behind."
                        .formatted(group.group(), Words.count(group.lag(), "record"), group.topic()));
    }

    private static Optional<String> unread(@Nullable ConsumerGroups groups) {
        if (groups == null || !groups.groups().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                groups.topics().isEmpty()
                        ? "The outbox has no event from which its topics could be known."
                        : "No consumer group has ever read from %s.".formatted(String.join(", ", groups.topics())));
    }

    private static Stream<ConsumerGroup> all(@Nullable ConsumerGroups groups) {
        return groups == null ? Stream.empty() : groups.groups().stream();
    }
}
