package dev.outbox.console.internal.trail;

import dev.outbox.console.internal.trail.TrailStep.Kind;
import dev.outbox.console.internal.trail.TrailStep.State;
import dev.outbox.relay.broker.BrokerUnavailableException;
import dev.outbox.relay.broker.GroupProgress;
import dev.outbox.relay.broker.RecordSearch;
import dev.outbox.relay.broker.RecordSearch.Found;
import dev.outbox.relay.broker.RecordSearch.NotFound;
import dev.outbox.relay.broker.RecordSearch.NotKnown;
import dev.outbox.relay.events.EventStage;
import dev.outbox.relay.events.StoredEvent;
import dev.outbox.relay.lane.KnownRelay;
import dev.outbox.relay.lane.LaneHolding;
import dev.outbox.relay.operations.OutboxOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows an event from the outbox to its consumers.
 *
 * <ol>
 *   <li>An event that the outbox does not have was never committed, or was removed after it was published.
 *   <li>What a relay has to do next needs a relay that owns the lane. That counts only as long as the event is not published.
 *   <li>An event that is set aside waits for a person, or for its topic.
 *   <li>An event that waits although its lane is owned waits for whatever the owner waits for. If it is published, its record is
 *       looked for in Kafka.
 *   <li>The groups that have read from the partition have committed an offset behind the record, or not yet.
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class EventTrails {

    /**
     * {@return the way of an event so far}
     *
     * @param stored the event, if the outbox has it
     */
    public EventTrail follow(OutboxOperations outbox, Optional<StoredEvent> stored) {
        List<TrailStep> steps = new ArrayList<>();
        if (stored.isEmpty()) {
            steps.add(
                    notDone(
                            Kind.COMMITTED,
                            "The outbox does not have this event: its transaction was not committed, or it was published and removed since."));
            return complete(steps);
        }
        StoredEvent event = stored.get();
        steps.add(done(
                Kind.COMMITTED,
                "It is number %d of the outbox, raised at %s by %s."
                        .formatted(
                                event.row().seq(),
                                event.row().event().time(),
                                event.row().event().source())));
        if (event.stage() == EventStage.PUBLISHED) {
            steps.add(done(Kind.OWNED, "A relay has published it."));
            steps.add(done(Kind.LET_THROUGH, "Nothing keeps it aside."));
            published(outbox, event, steps);
            return complete(steps);
        }
        steps.add(owned(outbox, event));
        steps.add(letThrough(event));
        if (steps.stream().allMatch(step -> step.state() == State.DONE)) {
            steps.add(notDone(Kind.ACKNOWLEDGED, waiting(outbox, event)));
        }
        return complete(steps);
    }

    private static TrailStep owned(OutboxOperations outbox, StoredEvent event) {
        if (event.stage() == EventStage.DISCARDED) {
            return done(Kind.OWNED, "It needs no relay any more.");
        }
        Optional<LaneHolding> lane = outbox.lanes().lanes().stream()
                .filter(holding -> holding.number() == event.lane())
                .findFirst();
        Optional<String> owner = lane.map(LaneHolding::owner);
        if (owner.isPresent()) {
            return done(Kind.OWNED, "Lane %d is owned by %s.".formatted(event.lane(), owner.get()));
        }
        List<KnownRelay> running =
                outbox.lanes().relays().stream().filter(KnownRelay::running).toList();
        return notDone(
                Kind.OWNED,
                running.isEmpty()
                        ? "No relay is running. Start one, or look at the log of the one that should run."
                        : "Nobody owns lane %d, although %s."
                                .formatted(
                                        event.lane(),
                                        running.size() == 1
                                                ? "a relay is running. Look at its health and its log"
                                                : "%d relays are running. Look at their health and logs"
                                                        .formatted(running.size())));
    }

    private static TrailStep letThrough(StoredEvent event) {
        return switch (event.stage()) {
            case PARKED ->
                notDone(
                        Kind.LET_THROUGH,
                        event.reason() == null
                                ? "It waits behind an earlier event of its key, which is parked. Decide about the key."
                                : "It is parked since %s: %s. Remove the cause and release its key, or edit or discard it."
                                        .formatted(event.since(), withoutStop(event.reason())));
            case HELD ->
                notDone(
                        Kind.LET_THROUGH,
                        "Its topic cannot be written to since %s: %s. It is published when the topic is back."
                                .formatted(event.since(), withoutStop(event.reason())));
            case DISCARDED ->
                notDone(Kind.LET_THROUGH, "It was discarded and is never published. The audit says by whom.");
            case RELEASING -> done(Kind.LET_THROUGH, "It is to be released.");
            case WAITING, PUBLISHED -> done(Kind.LET_THROUGH, "Nothing keeps it aside.");
        };
    }

    /** A reason may be a sentence already. */
    private static String withoutStop(@Nullable String reason) {
        return String.valueOf(reason).replaceFirst("\\.$", "");
    }

    private static String waiting(OutboxOperations outbox, StoredEvent event) {
        Optional<String> trouble = outbox.troubles().of(event.lane());
        if (trouble.isPresent()) {
            return "Its lane does not move: %s".formatted(trouble.get());
        }
        return outbox.troubles().isOwnedHere(event.lane())
                ? "The relay has not published it yet, and sees nothing wrong. Events before it come first."
                : "Its relay is another process, whose health says more.";
    }

    private static void published(OutboxOperations outbox, StoredEvent event, List<TrailStep> steps) {
        RecordSearch search = outbox.records().find(event.row().event());
        if (search instanceof Found found) {
            steps.add(done(
                    Kind.ACKNOWLEDGED,
                    "It is in topic %s, partition %d, at offset %d, since %s."
                            .formatted(found.topic(), found.partition(), found.offset(), found.timestamp())));
            steps.addAll(consumed(outbox, found));
        } else if (search instanceof NotFound notFound) {
            steps.add(done(
                    Kind.ACKNOWLEDGED,
                    notFound.complete()
                            ? "Kafka has acknowledged it, and does not have it any more: the retention of its topic has removed it, or the topic was made anew."
                            : "Kafka has acknowledged it. It is not among the first %d records since it was raised."
                                    .formatted(notFound.looked())));
            steps.add(notKnown("Nobody can say who has read it, because its record was not found."));
        } else {
            steps.add(done(Kind.ACKNOWLEDGED, "Kafka has acknowledged it."));
            steps.add(notKnown(((NotKnown) search).reason()));
        }
    }

    private static List<TrailStep> consumed(OutboxOperations outbox, Found record) {
        List<GroupProgress> groups;
        try {
            groups = outbox.records().readers(record);
        } catch (BrokerUnavailableException e) {
            return List.of(notKnown(String.valueOf(e.getMessage())));
        }
        if (groups.isEmpty()) {
            return List.of(notDone(
                    Kind.CONSUMED,
                    "No consumer group has ever read from partition %d of topic %s."
                            .formatted(record.partition(), record.topic())));
        }
        return groups.stream().map(group -> consumed(group, record)).toList();
    }

    private static TrailStep consumed(GroupProgress group, Found record) {
        if (group.isPast(record)) {
            return done(
                    Kind.CONSUMED,
                    "Group %s has finished with it; if its effect is missing, look at what that service has parked."
                            .formatted(group.group()));
        }
        return notDone(
                Kind.CONSUMED,
                group.members() == 0
                        ? "Group %s has not read it, and has no consumer now. Start one.".formatted(group.group())
                        : "Group %s has not come to it yet: it is at offset %d, %d before it. If it does not move, look at the health of that service."
                                .formatted(group.group(), group.committed(), record.offset() - group.committed()));
    }

    private static EventTrail complete(List<TrailStep> steps) {
        for (Kind kind : Kind.values()) {
            if (steps.stream().noneMatch(step -> step.kind() == kind)) {
                steps.add(new TrailStep(kind, State.LATER, "Not yet."));
            }
        }
        return EventTrail.of(steps);
    }

    private static TrailStep done(Kind kind, String detail) {
        return new TrailStep(kind, State.DONE, detail);
    }

    private static TrailStep notDone(Kind kind, String detail) {
        return new TrailStep(kind, State.NOT_DONE, detail);
    }

    private static TrailStep notKnown(String detail) {
        return new TrailStep(Kind.CONSUMED, State.NOT_KNOWN, detail);
    }
}
