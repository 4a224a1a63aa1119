package dev.outbox.console.internal.targets;

import dev.outbox.console.internal.overview.Words;
import dev.outbox.relay.broker.PublishingTarget;
import dev.outbox.relay.events.LaneBacklog;
import dev.outbox.relay.lane.LaneHolding;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.HeldTopic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at the targets of an outbox, from what its tables and the relay of this process know. No target is asked: what a target
 * says to a console need not be what it says to a relay. Today, the topics of an outbox are all in its one Kafka cluster. Thread-safe.
 */
public final class TargetReport {

    private static final int COUNTED = 10_000;

    private final Clock clock;

    public TargetReport(Clock clock) {
        this.clock = clock;
    }

    /** {@return where the events of an outbox go now} */
    public Targets of(OutboxOperations outbox) {
        List<LaneBacklog> backlog = outbox.events().backlog(COUNTED);
        List<HeldTopic> held = outbox.parked().heldTopics();
        List<LaneHolding> lanes = outbox.lanes().lanes();
        List<String> troubles = lanes.stream()
                .map(LaneHolding::number)
                .map(outbox.troubles()::of)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        long waiting = backlog.stream().mapToLong(LaneBacklog::events).sum();
        return new Targets(
                outbox.name(),
                answer(outbox, held, troubles, lanes),
                waiting,
                backlog.stream().anyMatch(LaneBacklog::more),
                age(backlog),
                troubles,
                outbox.targets().stream()
                        .map(target -> target(target, outbox, held))
                        .toList());
    }

    private static Target target(PublishingTarget target, OutboxOperations outbox, List<HeldTopic> held) {
        var heldByName = held.stream().collect(Collectors.toMap(HeldTopic::topic, Function.identity()));
        return new Target(
                target.kind(),
                target.name(),
                target.addresses(),
                OutboxTopics.of(outbox).stream()
                        .map(topic -> topic(topic, Optional.ofNullable(heldByName.get(topic))))
                        .toList());
    }

    private static TargetTopic topic(String name, Optional<HeldTopic> held) {
        return new TargetTopic(
                name,
                held.map(HeldTopic::events).orElse(0L),
                held.map(HeldTopic::heldAt).orElse(null),
                held.map(HeldTopic::reason).orElse(null));
    }

    private static String answer(
            OutboxOperations outbox, List<HeldTopic> held, List<String> troubles, List<LaneHolding> lanes) {
        if (!troubles.isEmpty()) {
            return "Lanes do not move: " + troubles.get(0);
        }
        if (!held.isEmpty()) {
            return "%s cannot be written to: %s."
                    .formatted(
                            Words.count(held.size(), "topic"),
                            held.stream().map(HeldTopic::topic).collect(Collectors.joining(", ")));
        }
        if (lanes.stream().allMatch(lane -> lane.owner() == null)) {
            return "No relay publishes, so nobody knows. Look at the lanes.";
        }
        return lanes.stream().anyMatch(lane -> outbox.troubles().isOwnedHere(lane.number()))
                ? "The relay sees nothing wrong, and every topic can be written to."
                : "Every topic could be written to when a relay last tried. The health of the relay, which is another process, says more.";
    }

    private Duration age(List<LaneBacklog> backlog) {
        return backlog.stream()
                .map(LaneBacklog::oldest)
                .filter(Objects::nonNull)
                .map(oldest -> Duration.between(oldest, clock.instant()))
                .filter(age -> !age.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
