package dev.outbox.console.internal.overview;

import dev.outbox.console.internal.overview.Overview.Concern;
import dev.outbox.console.internal.overview.Overview.Kind;
import dev.outbox.relay.events.LaneBacklog;
import dev.outbox.relay.lane.KnownRelay;
import dev.outbox.relay.lane.LaneHolding;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.HeldTopic;
import dev.outbox.relay.parking.ParkedCount;
import dev.outbox.relay.parking.ParkedSelection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at an outbox as a whole, in a few statements. Thread-safe. */
public final class Overviews {

    /** As many as there can be until a relay has read them, on a busy day. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private static final int COUNTED = 10_000;

    private final Clock clock;

    public Overviews(Clock clock) {
        this.clock = clock;
    }

    /** {@return what the outbox looks like now} */
    public Overview of(OutboxOperations outbox) {
        List<LaneHolding> lanes = outbox.lanes().lanes();
        List<KnownRelay> relays =
                outbox.lanes().relays().stream().filter(KnownRelay::running).toList();
        List<LaneBacklog> backlog = outbox.events().backlog(COUNTED);
        ParkedCount parked = outbox.parked().count(ParkedSelection.all());
        List<HeldTopic> held = outbox.parked().heldTopics();
        List<LaneHolding> unowned =
                lanes.stream().filter(lane -> lane.owner() == null).toList();
        Duration age = age(backlog);

        List<Concern> concerns = new ArrayList<>();
        unowned(lanes, relays, unowned).ifPresent(concerns::add);
        late(age, unowned).ifPresent(concerns::add);
        held.stream().map(this::held).forEach(concerns::add);
        parked(parked).ifPresent(concerns::add);
        return new Overview(
                outbox.name(),
                concerns.isEmpty() ? "Nothing is late." : concerns.get(0).text(),
                concerns,
                backlog.stream().mapToLong(LaneBacklog::events).sum(),
                backlog.stream().anyMatch(LaneBacklog::more),
                age,
                lanes.size(),
                unowned.size(),
                relays.size(),
                parked.keys(),
                parked.events(),
                held.size());
    }

    private static Optional<Concern> unowned(
            List<LaneHolding> lanes, List<KnownRelay> relays, List<LaneHolding> unowned) {
        if (unowned.isEmpty()) {
            return Optional.empty();
        }
        String which = unowned.size() == lanes.size()
                ? "any lane"
                : "lane "
                        + unowned.stream()
                                .map(lane -> String.valueOf(lane.number()))
                                .collect(Collectors.joining(", "));
        String why = relays.isEmpty()
                ? "no relay is running. Start one, or look at the log of the one that should run."
                : "%d relay%s running and not taking %s. Look at the health and the log of %s."
                        .formatted(
                                relays.size(),
                                relays.size() == 1 ? " is" : "s are",
                                unowned.size() == 1 ? "it" : "them",
                                relays.stream().map(KnownRelay::name).collect(Collectors.joining(", ")));
        return Optional.of(new Concern(Kind.UNOWNED, "Nobody owns %s: %s".formatted(which, why)));
    }

    private static Optional<Concern> late(Duration age, List<LaneHolding> unowned) {
        return age.compareTo(LATE) <= 0 || !unowned.isEmpty()
                ? Optional.empty()
                : Optional.of(new Concern(
                        Kind.LATE,
                        "The oldest event has been waiting for %s although its lane has an owner: look at the health of that relay."
                                .formatted(Words.lasting(age))));
    }

    private Concern held(HeldTopic topic) {
        return new Concern(
                Kind.HELD,
                "%s wait%s for topic %s, for %s: %s"
                        .formatted(
                                Words.count(topic.events(), "event"),
                                topic.events() == 1 ? "s" : "",
                                topic.topic(),
                                Words.lasting(Duration.between(topic.heldAt(), clock.instant())),
                                topic.reason()));
    }

    private static Optional<Concern> parked(ParkedCount parked) {
        return parked.keys() == 0
                ? Optional.empty()
                : Optional.of(new Concern(
                        Kind.PARKED,
                        "%s of %s wait%s for a decision."
                                .formatted(
                                        Words.count(parked.events(), "event"),
                                        Words.count(parked.keys(), "key"),
                                        parked.events() == 1 ? "s" : "")));
    }

    private Duration age(List<LaneBacklog> backlog) {
        Instant now = clock.instant();
        return backlog.stream()
                .map(LaneBacklog::oldest)
                .filter(Objects::nonNull)
                .map(oldest -> Duration.between(oldest, now))
                .filter(age -> !age.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
