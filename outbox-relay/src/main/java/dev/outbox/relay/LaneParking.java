package dev.outbox.relay;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.UnpublishableEventException;
import dev.outbox.relay.parking.FailurePolicy;
import dev.outbox.relay.parking.Parking;
import dev.outbox.relay.parking.ParkingStore;
import dev.outbox.relay.parking.ParkingStore.Parked;
import dev.outbox.store.BucketRange;
import dev.outbox.store.OutboxRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parked aggregates of one lane, as its owner knows them.
 *
 * <ol>
 *   <li>They are loaded after the lane was acquired, when nobody else can park or publish any more, and again whenever
 *       what is in flight was dropped: then the table has all that lies behind the position.
 *   <li>From each page, the events of parked aggregates are put aside. So is an event that the broker would refuse, or
 *       has refused, if its policy is to park, and with it all later ones of its aggregate; from then on that is parked.
 *       A lane that begins at an earlier position than others left may come upon events before the first parked one of
 *       their aggregate. They have been published, or the position would not have passed that one, and are sent again.
 *   <li>What is put aside enters the table in the transaction that moves the position over the page. So each event is
 *       ahead of the position or in the table, whatever crashes.
 *   <li>While anything is parked, decisions are looked for. To carry one out, the relay reads nothing more, waits for all
 *       that is in flight and saves the position: now all events of the aggregate behind the position have been published
 *       or are in the table. The decision is extended to those that came behind it.
 *   <li>What is not given up is sent in order, as a page that ends where the lane stands, and removed from the table when
 *       the position is saved the next time. A crash in between sends it again.
 *   <li>When none is left, the aggregate is parked no more, and reading goes on: later events come behind. If one is refused
 *       once more, those before it have been sent, and the decision is taken back.
 * </ol>
 *
 * <p>For one thread.
 */
final class LaneParking {

    private static final Logger log = LoggerFactory.getLogger(LaneParking.class);

    /** How long a decision waits at most, while nothing else holds it up. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);

    private final ParkingStore store;
    private final BucketRange buckets;
    private final Function<String, FailurePolicy> policies;
    private final Ticker ticker;

    /** With the {@code seq} from which on. */
    private final Map<AggregateRef, Long> parked = new HashMap<>();

    private final Set<AggregateRef> decided = new HashSet<>();
    private final Set<Long> discarded = new HashSet<>();
    private final Map<Long, UnpublishableEventException> refused = new HashMap<>();
    private boolean loaded;
    private long lookedAt;

    /**
     * @param policies the policy for a type of event
     */
    LaneParking(ParkingStore store, BucketRange buckets, Function<String, FailurePolicy> policies, Ticker ticker) {
        this.store = store;
        this.buckets = buckets;
        this.policies = policies;
        this.ticker = ticker;
    }

    /** What is known may not be so any more: something was dropped, or another relay had the lane. */
    void forget() {
        loaded = false;
    }

    /** Learns what is parked, or what has been decided about it, if it is time to. */
    void look() {
        boolean due = !parked.isEmpty() && ticker.nanos() - lookedAt >= LOOK_INTERVAL.toNanos();
        if (loaded && !due) {
            return;
        }
        lookedAt = ticker.nanos();
        Parked found = store.load(buckets);
        if (!loaded) {
            parked.clear();
        }
        found.keys().forEach(this::parkFrom);
        decided.clear();
        decided.addAll(found.decided());
        discarded.clear();
        discarded.addAll(found.discarded());
        loaded = true;
    }

    /** {@return an aggregate about which a person has decided} */
    Optional<AggregateRef> decided() {
        return decided.stream().findFirst();
    }

    /** Extends the decision to what came behind since. In the transaction that saves the position. */
    void decide(AggregateRef aggregate) {
        store.decide(aggregate);
    }

    /** {@return what is to be sent next of an aggregate about which a person has decided} */
    Release next(AggregateRef aggregate, int limit, Consumer<List<OutboxRow>> check) {
        List<OutboxRow> open = store.next(aggregate, limit);
        UnpublishableEventException refusal = open.stream()
                .map(row -> refused.get(row.seq()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        while (true) {
            if (refusal != null) {
                open = before(refusal.row(), open);
            }
            try {
                check.accept(open);
                return new Release(aggregate, open, refusal);
            } catch (UnpublishableEventException e) {
                refusal = e;
            }
        }
    }

    /** Nothing more is to be sent. In the transaction that saves the position. */
    void end(Release release) {
        UnpublishableEventException refusal = release.refusal();
        if (refusal == null) {
            store.done(release.aggregate());
        } else {
            store.refused(release.aggregate(), refusal.row().seq(), refusal.reason());
        }
    }

    /** That transaction has been committed. */
    void ended(Release release) {
        decided.remove(release.aggregate());
        UnpublishableEventException refusal = release.refusal();
        if (refusal == null) {
            parked.remove(release.aggregate());
            log.info("{} is not parked any more", release.aggregate());
        } else {
            refused.remove(refusal.row().seq());
            parked.put(release.aggregate(), refusal.row().seq());
            log.warn("All events of {} stay parked: {}", release.aggregate(), refusal.getMessage());
        }
    }

    /**
     * Takes note of an event that the broker has refused, to be dealt with when it is read again.
     *
     * @return false if its policy is to try again
     */
    boolean note(UnpublishableEventException refusal) {
        if (policy(refusal.row()) == FailurePolicy.STOP) {
            return false;
        }
        refused.put(refusal.row().seq(), refusal);
        return true;
    }

    /**
     * Divides a page into what is sent and what is not.
     *
     * @param check finds an event that would be refused, by the exception
     * @throws UnpublishableEventException if there is one whose policy is to stop
     */
    Admission admit(List<OutboxRow> page, Consumer<List<OutboxRow>> check) {
        List<Parking> aside = new ArrayList<>();
        List<OutboxRow> open = page;
        if (!parked.isEmpty() || !discarded.isEmpty()) {
            List<OutboxRow> kept =
                    page.stream().filter(row -> !discarded.contains(row.seq())).toList();
            open = withoutParked(kept, aside);
        }
        if (!refused.isEmpty()) {
            open = withoutRefused(open, aside);
        }
        while (true) {
            try {
                check.accept(open);
                return new Admission(open, new Aside(aside, List.of()));
            } catch (UnpublishableEventException e) {
                open = without(e, open, aside);
            }
        }
    }

    /** To be called in the transaction that saves the position. */
    void write(Aside aside) {
        if (!aside.parked().isEmpty()) {
            store.park(aside.parked());
        }
        if (!aside.published().isEmpty()) {
            store.published(aside.published());
        }
    }

    /** That transaction has been committed. */
    void written(Aside aside) {
        aside.parked().forEach(parking -> refused.remove(parking.seq()));
    }

    private List<OutboxRow> withoutRefused(List<OutboxRow> rows, List<Parking> aside) {
        List<OutboxRow> open = rows;
        for (OutboxRow row : rows) {
            UnpublishableEventException known = refused.get(row.seq());
            if (known != null && !isParked(row)) {
                open = without(known, open, aside);
            }
        }
        return open;
    }

    private List<OutboxRow> without(UnpublishableEventException refusal, List<OutboxRow> open, List<Parking> aside) {
        OutboxRow row = refusal.row();
        switch (policy(row)) {
            case STOP -> throw refusal;
            case SKIP -> log.warn("Event given up: {}", refusal.getMessage());
            case PARK_KEY ->
                log.warn(
                        "All events of {} are parked from here on: {}",
                        row.event().aggregate(),
                        refusal.getMessage());
        }
        boolean skipped = policy(row) == FailurePolicy.SKIP;
        aside.add(new Parking(row.seq(), refusal.reason(), skipped));
        List<OutboxRow> kept = new ArrayList<>(before(row, open));
        List<OutboxRow> later =
                open.stream().filter(other -> other.seq() > row.seq()).toList();
        if (skipped) {
            kept.addAll(later);
        } else {
            parkFrom(row.event().aggregate(), row.seq());
            kept.addAll(withoutParked(later, aside));
        }
        return kept;
    }

    private List<OutboxRow> withoutParked(List<OutboxRow> rows, List<Parking> aside) {
        List<OutboxRow> open = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            if (isParked(row)) {
                aside.add(new Parking(row.seq(), null, false));
            } else {
                open.add(row);
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

    private static List<OutboxRow> before(OutboxRow row, List<OutboxRow> rows) {
        return rows.stream().filter(other -> other.seq() < row.seq()).toList();
    }

    private FailurePolicy policy(OutboxRow row) {
        return policies.apply(row.event().type().name());
    }
}
