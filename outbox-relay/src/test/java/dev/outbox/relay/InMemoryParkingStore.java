package dev.outbox.relay;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.parking.FailurePolicy;
import dev.outbox.relay.parking.Parking;
import dev.outbox.relay.parking.ParkingStore;
import dev.outbox.store.BucketRange;
import dev.outbox.store.OutboxRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Parked events in memory; takes them from a log, as the table does. */
final class InMemoryParkingStore implements ParkingStore {

    private final LongFunction<OutboxRow> log;
    private final TreeMap<Long, Parking> parked = new TreeMap<>();
    private final Set<AggregateRef> decided = new HashSet<>();

    InMemoryParkingStore(LongFunction<OutboxRow> log) {
        this.log = log;
    }

    /** The way out of a lane where nothing is ever parked. */
    static LaneSender stopping(EventPublisher publisher) {
        InMemoryParkingStore none = new InMemoryParkingStore(seq -> {
            throw new AssertionError("Nothing is parked under this policy, not even " + seq);
        });
        return new LaneSender(
                publisher, new LaneParking(none, BucketRange.ALL, type -> FailurePolicy.STOP, new ManualTicker()));
    }

    List<Long> seqs() {
        return parked.values().stream()
                .filter(parking -> !parking.discarded())
                .map(Parking::seq)
                .toList();
    }

    List<Long> discarded() {
        return parked.values().stream()
                .filter(Parking::discarded)
                .map(Parking::seq)
                .toList();
    }

    void release(AggregateRef aggregate) {
        decided.add(aggregate);
    }

    void discard(long seq) {
        parked.computeIfPresent(seq, (key, parking) -> new Parking(seq, parking.reason(), true));
    }

    @Override
    public Parked load(BucketRange buckets) {
        Map<AggregateRef, Long> keys = new HashMap<>();
        parked.values().stream()
                .filter(parking -> !parking.discarded() || decided.contains(aggregate(parking.seq())))
                .forEach(parking -> keys.putIfAbsent(aggregate(parking.seq()), parking.seq()));
        return new Parked(keys, decided, Set.copyOf(discarded()));
    }

    @Override
    public void park(List<Parking> events) {
        events.forEach(event -> parked.putIfAbsent(event.seq(), event));
    }

    @Override
    public void decide(AggregateRef aggregate) {}

    @Override
    public List<OutboxRow> next(AggregateRef aggregate, int limit) {
        return seqs().stream()
                .filter(seq -> aggregate(seq).equals(aggregate))
                .limit(limit)
                .map(log::apply)
                .toList();
    }

    @Override
    public void published(Collection<Long> seqs) {
        parked.keySet().removeAll(seqs);
    }

    @Override
    public void refused(AggregateRef aggregate, long seq, String reason) {
        decided.remove(aggregate);
        parked.put(seq, new Parking(seq, reason, false));
    }

    @Override
    public void done(AggregateRef aggregate) {
        decided.remove(aggregate);
    }

    private AggregateRef aggregate(long seq) {
        return log.apply(seq).event().aggregate();
    }
}
