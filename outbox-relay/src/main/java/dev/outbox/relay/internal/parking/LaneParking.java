package dev.outbox.relay.internal.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.logging.EventLogFields;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.UnavailableTopicException;
import dev.outbox.relay.broker.UnpublishableEventException;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.metrics.LaneMeters;
import dev.outbox.relay.internal.metrics.ParkingKind;
import dev.outbox.relay.internal.metrics.ReleaseKind;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.internal.parking.ParkingStore.Parked;
import dev.outbox.relay.parking.RefusalPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one lane sets aside, as its owner knows it: parked aggregates, and topics that are held.
 *
 * <ol>
 *   <li>It is loaded after the lane was acquired, when no other relay can park or publish any more, and again whenever what
 *       is in flight was dropped: the table then has everything set aside before the position.
 *   <li>From each page, the events of parked aggregates are set aside. An event that the broker would refuse, or has
 *       refused, is also set aside if its policy is to park, together with all later events of its aggregate; from then on
 *       that aggregate is parked. A lane that starts at an earlier position than others have left may read events before the
 *       first parked one of their aggregate. They have been published, or the position would not have passed the parked one,
 *       and are sent again.
 *   <li>If a topic cannot be written to, it is held: all of its events are set aside until the topic is back, whatever their
 *       policy, and no other events are. Parked aggregates stay parked on that topic, too.
 *   <li>Events that are set aside enter the table in the transaction that moves the position past the page. So each event is
 *       ahead of the position or in the table, whatever crashes.
 *   <li>While anything is parked, the lane looks for decisions. {@code LaneReleases} carries them out, and releases the
 *       events of a topic that is back. Events of a decided aggregate that are set aside in the meantime become part of the
 *       decision: each transaction that writes here extends it.
 *   <li>A person may stop a release. From then on the table hands out no events of its aggregates, so that the release runs
 *       out of events and ends: the decision is taken back, in the transaction that ends it, and what is left stays parked.
 * </ol>
 *
 * <p>For use by a single thread.
 */
public final class LaneParking {

    private static final Logger log = LoggerFactory.getLogger(LaneParking.class);

    /** How long a decision waits at most, while nothing else delays it. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);

    private final ParkingStore store;
    private final BucketRange buckets;
    private final Function<String, RefusalPolicy> policies;
    private final Ticker ticker;
    private final LaneMeters meters;

    /** With the {@code seq} of the first parked event. */
    private final Map<AggregateRef, Long> parked = new HashMap<>();

    private final Set<AggregateRef> decided = new HashSet<>();
    private final Set<Long> discarded = new HashSet<>();
    private final Map<Long, UnpublishableEventException> refused = new HashMap<>();

    /** With the reason. What is known about a topic is kept when what is in flight is dropped. */
    private final Map<String, String> held = new TreeMap<>();

    /** Topics that had events in the table at an earlier check, and those of them that no longer have any. */
    private final Set<String> waitedFor = new HashSet<>();

    private final Set<String> givenUp = new HashSet<>();

    /** Carried out since the last look. */
    private final Set<AggregateRef> carriedOut = new HashSet<>();

    private boolean loaded;
    private long lookedAt;

    /** As the table had it at the last look. */
    private Waiting waiting = Waiting.NOTHING;

    /**
     * @param policies the policy for a type of event
     */
    public LaneParking(
            ParkingStore store, BucketRange buckets, Function<String, RefusalPolicy> policies, Ticker ticker) {
        this(store, buckets, policies, ticker, LaneMeters.NONE);
    }

    /**
     * @param policies the policy for a type of event
     * @param meters count what is set aside and released
     */
    public LaneParking(
            ParkingStore store,
            BucketRange buckets,
            Function<String, RefusalPolicy> policies,
            Ticker ticker,
            LaneMeters meters) {
        this.store = store;
        this.buckets = buckets;
        this.policies = policies;
        this.ticker = ticker;
        this.meters = meters;
    }

    /** What is known may be outdated: something was dropped, or another relay had the lane. */
    public void forget() {
        loaded = false;
    }

    /** Loads what is parked, or what has been decided about it, if it is time to. */
    public void look() {
        boolean due = !(parked.isEmpty() && held.isEmpty()) && ticker.nanos() - lookedAt >= LOOK_INTERVAL.toNanos();
        if (loaded && !due) {
            return;
        }
        lookedAt = ticker.nanos();
        Parked found = store.load(buckets);
        if (!loaded) {
            parked.clear();
            decided.clear();
        }
        carriedOut.forEach(aggregate -> log.info(
                found.keys().containsKey(aggregate)
                        ? "{} stays parked, because its release was stopped"
                        : "{} is no longer parked",
                aggregate));
        carriedOut.clear();
        found.keys().forEach(this::parkFrom);
        decided.addAll(found.decided());
        discarded.clear();
        discarded.addAll(found.discarded());
        found.topics().forEach(held::putIfAbsent);
        givenUp.clear();
        givenUp.addAll(waitedFor);
        givenUp.removeAll(found.topics().keySet());
        waitedFor.addAll(found.topics().keySet());
        waiting = found.waiting();
        loaded = true;
    }

    /** {@return how much is set aside, as of the last look, which is seconds ago} */
    public Waiting waiting() {
        if (parked.isEmpty() && held.isEmpty()) {
            return Waiting.NOTHING;
        }
        Duration since = Duration.ofNanos(ticker.nanos() - lookedAt);
        return new Waiting(
                parked.isEmpty() ? 0 : waiting.events(),
                parked.isEmpty() ? Duration.ZERO : waiting.age().plus(since),
                held.isEmpty() ? Duration.ZERO : waiting.heldAge().plus(since));
    }

    /** {@return whether a person has decided about an aggregate} */
    public boolean hasDecisions() {
        return !decided.isEmpty();
    }

    /** {@return the topics that are held, and why} */
    public Map<String, String> held() {
        return held.isEmpty() ? Map.of() : new TreeMap<>(held);
    }

    /** {@return a topic that no event waits for any longer, because a person has discarded its events} */
    public Optional<String> givenUpTopic() {
        return givenUp.stream().findFirst();
    }

    /** From now on, nothing is sent to the topic. */
    public void hold(UnavailableTopicException topic) {
        if (held.put(topic.topic(), topic.reason()) == null) {
            log.warn(
                    "Topic '{}' is held: its events are kept until it can be written to; those of other topics are published: {}",
                    topic.topic(),
                    topic.reason());
        }
    }

    /** {@return what to send next of the aggregates about which a person has decided} */
    public Release nextDecided(int limit, Consumer<List<OutboxRow>> check) {
        List<OutboxRow> rows = store.released(buckets, limit);
        rows.forEach(row -> decided.add(row.event().aggregate()));
        return release(rows, limit, null, check);
    }

    /** {@return what to send next of a topic that is back} */
    public Release nextHeld(String topic, int limit, Consumer<List<OutboxRow>> check) {
        String reason = String.valueOf(held.remove(topic));
        try {
            return release(store.held(buckets, topic, limit), limit, topic, check);
        } finally {
            held.putIfAbsent(topic, reason);
        }
    }

    /** {@return no events, marked as the last page if nothing was set aside for the topic since its events were discarded} */
    public Release nextGivenUp(String topic) {
        if (store.held(buckets, topic, 1).isEmpty()) {
            return new Release(List.of(), Aside.NOTHING, true);
        }
        givenUp.remove(topic);
        return Release.NOT_YET;
    }

    /** The decisions have been carried out. To be called in the transaction that saves the position. */
    public void end() {
        store.done(decided);
        store.takeBack(buckets);
    }

    /** That transaction has been committed. What was stopped is parked as before, so the table is asked. */
    public void ended() {
        carriedOut.addAll(decided);
        forget();
    }

    /** All events that waited for the topic have been sent or discarded. */
    public void ended(String topic) {
        held.remove(topic);
        waitedFor.remove(topic);
        log.info(
                givenUp.remove(topic)
                        ? "Topic '{}' is no longer held; nothing waits for it"
                        : "Topic '{}' is back; everything that waited for it has been published",
                topic);
    }

    /**
     * @param topic the one that is back, or null if a person has decided about these events: then a refusal takes the decision
     *     back, whatever the policy
     */
    private Release release(List<OutboxRow> rows, int limit, @Nullable String topic, Consumer<List<OutboxRow>> check) {
        List<Parking> waiting = new ArrayList<>();
        List<UnpublishableEventException> refusals = new ArrayList<>();
        List<OutboxRow> open = withoutHeld(rows, waiting);
        for (OutboxRow row : open) {
            UnpublishableEventException known = refused.get(row.seq());
            if (known != null) {
                open = refuse(known, open, refusals);
            }
        }
        while (true) {
            try {
                check.accept(open);
                break;
            } catch (UnpublishableEventException e) {
                if (topic != null && policy(e.row()) == RefusalPolicy.STOP) {
                    throw e;
                }
                open = refuse(e, open, refusals);
            } catch (UnavailableTopicException e) {
                hold(e);
                open = withoutHeld(open, waiting);
            }
        }
        if (topic != null && held.containsKey(topic)) {
            return Release.NOT_YET;
        }
        refusals.forEach(this::staysParked);
        List<Long> seqs = open.stream().map(OutboxRow::seq).toList();
        List<Refused> known = refusals.stream().map(Refused::of).toList();
        return new Release(open, new Aside(List.of(), seqs, waiting, known), rows.size() < limit);
    }

    /**
     * Events that waited for their topic after the refused event now wait for that event, whatever its policy: it stays
     * parked.
     */
    private static List<OutboxRow> refuse(
            UnpublishableEventException refusal, List<OutboxRow> open, List<UnpublishableEventException> refusals) {
        AggregateRef aggregate = refusal.row().event().aggregate();
        long seq = refusal.row().seq();
        Predicate<OutboxRow> isOfAggregate = row -> row.event().aggregate().equals(aggregate);
        if (refusals.stream()
                .map(UnpublishableEventException::row)
                .anyMatch(isOfAggregate.and(row -> row.seq() < seq))) {
            return open;
        }
        refusals.removeIf(known -> isOfAggregate.test(known.row()));
        refusals.add(refusal);
        return open.stream()
                .filter(isOfAggregate.negate().or(row -> row.seq() < seq))
                .toList();
    }

    private void staysParked(UnpublishableEventException refusal) {
        EventEnvelope event = refusal.row().event();
        long seq = refusal.row().seq();
        refused.remove(seq);
        decided.remove(event.aggregate());
        parked.put(event.aggregate(), seq);
        EventLogFields.of(event)
                .run(() -> log.warn("All events of {} stay parked: {}", event.aggregate(), refusal.getMessage()));
    }

    /**
     * Remembers an event that the broker has refused, to handle it when it is read again.
     *
     * @return false if its policy is to try again
     */
    public boolean note(UnpublishableEventException refusal) {
        if (policy(refusal.row()) == RefusalPolicy.STOP) {
            return false;
        }
        refused.put(refusal.row().seq(), refusal);
        return true;
    }

    /**
     * Splits a page into what is sent and what is not. Nothing is remembered of a page that is not admitted, because it will be
     * read again.
     *
     * @param check throws the exception if it finds an event that would be refused
     * @throws UnpublishableEventException if there is one whose policy is to stop
     */
    public Admitted admit(List<OutboxRow> page, Consumer<List<OutboxRow>> check) {
        List<Parking> aside = new ArrayList<>();
        PageRefusals refusals = new PageRefusals();
        List<OutboxRow> open = page;
        if (!parked.isEmpty() || !discarded.isEmpty()) {
            List<OutboxRow> kept =
                    page.stream().filter(row -> !discarded.contains(row.seq())).toList();
            open = without(kept, this::isParked, aside);
        }
        open = withoutHeld(open, aside);
        if (!refused.isEmpty()) {
            open = withoutRefused(open, aside, refusals);
        }
        while (true) {
            try {
                check.accept(open);
                break;
            } catch (UnpublishableEventException e) {
                open = without(e, open, aside, refusals);
            } catch (UnavailableTopicException e) {
                hold(e);
                open = withoutHeld(open, aside);
            }
        }
        refusals.skipped().forEach(LaneParking::givesUp);
        refusals.parked().values().forEach(this::parks);
        return new Admitted(open, Aside.of(aside));
    }

    private static void givesUp(UnpublishableEventException refusal) {
        EventLogFields.of(refusal.row().event()).run(() -> log.warn("Event given up: {}", refusal.getMessage()));
    }

    private void parks(UnpublishableEventException refusal) {
        EventEnvelope event = refusal.row().event();
        parkFrom(event.aggregate(), refusal.row().seq());
        EventLogFields.of(event)
                .run(() -> log.warn(
                        "All events of {} are parked from now on: {}", event.aggregate(), refusal.getMessage()));
    }

    /** To be called in the transaction that saves the position. */
    public void write(Aside aside) {
        if (!aside.parked().isEmpty()) {
            store.park(aside.parked());
        }
        if (!decided.isEmpty()) {
            store.decide(decided);
        }
        if (!aside.published().isEmpty()) {
            store.published(aside.published());
        }
        if (!aside.held().isEmpty()) {
            store.hold(aside.held());
        }
        aside.refused().forEach(store::refused);
    }

    /** That transaction has been committed. */
    public void written(Aside aside) {
        aside.parked().forEach(parking -> refused.remove(parking.seq()));
        aside.parked().forEach(parking -> meters.parked(kind(parking), 1));
        count(ReleaseKind.PUBLISHED, aside.published().size());
        count(ReleaseKind.REFUSED, aside.refused().size());
        count(ReleaseKind.TOPIC, aside.held().size());
    }

    private void count(ReleaseKind kind, int events) {
        if (events > 0) {
            meters.released(kind, events);
        }
    }

    private static ParkingKind kind(Parking parking) {
        if (parking.held()) {
            return ParkingKind.TOPIC;
        }
        if (parking.discarded()) {
            return ParkingKind.SKIPPED;
        }
        return parking.reason() == null ? ParkingKind.BEHIND : ParkingKind.REFUSED;
    }

    private List<OutboxRow> withoutRefused(List<OutboxRow> rows, List<Parking> aside, PageRefusals refusals) {
        List<OutboxRow> open = rows;
        for (OutboxRow row : rows) {
            UnpublishableEventException known = refused.get(row.seq());
            if (known != null && !refusals.parks(row)) {
                open = without(known, open, aside, refusals);
            }
        }
        return open;
    }

    private List<OutboxRow> without(
            UnpublishableEventException refusal, List<OutboxRow> open, List<Parking> aside, PageRefusals refusals) {
        long seq = refusal.row().seq();
        RefusalPolicy policy = policy(refusal.row());
        switch (policy) {
            case STOP -> throw refusal;
            case SKIP -> refusals.skip(refusal);
            case PARK_KEY -> refusals.park(refusal);
        }
        aside.add(new Parking(seq, refusal.reason(), policy == RefusalPolicy.SKIP));
        List<OutboxRow> others = open.stream().filter(row -> row.seq() != seq).toList();
        return without(others, refusals::parks, aside);
    }

    private static List<OutboxRow> without(List<OutboxRow> rows, Predicate<OutboxRow> isParked, List<Parking> aside) {
        List<OutboxRow> open = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            if (isParked.test(row)) {
                aside.add(new Parking(row.seq(), null, false));
            } else {
                open.add(row);
            }
        }
        return open;
    }

    private List<OutboxRow> withoutHeld(List<OutboxRow> rows, List<Parking> aside) {
        if (held.isEmpty()) {
            return rows;
        }
        List<OutboxRow> open = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            String reason = held.get(row.event().topic());
            if (reason == null) {
                open.add(row);
            } else {
                aside.add(Parking.held(row.seq(), reason));
            }
        }
        return open;
    }

    private void parkFrom(AggregateRef aggregate, long seq) {
        parked.merge(aggregate, seq, Math::min);
    }

    private boolean isParked(OutboxRow row) {
        Long from = parked.get(row.event().aggregate());
        return from != null && row.seq() >= from;
    }

    private RefusalPolicy policy(OutboxRow row) {
        return policies.apply(row.event().type().name());
    }
}
