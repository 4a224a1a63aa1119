package dev.outbox.relay.internal.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.lane.LaneSender;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.pace.ManualTicker;
import dev.outbox.relay.parking.RefusalPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Parked events in memory; takes them from a log, as the table does. */
public final class InMemoryParkingStore implements ParkingStore {

    private final LongFunction<OutboxRow> log;
    private final TreeMap<Long, Parking> parked = new TreeMap<>();
    private final Set<AggregateRef> decided = new HashSet<>();
    private final Set<AggregateRef> stopped = new HashSet<>();

    public InMemoryParkingStore(LongFunction<OutboxRow> log) {
        this.log = log;
    }

    /** The way out of a lane where nothing is ever parked. */
    public static LaneSender stopping(EventPublisher publisher) {
        InMemoryParkingStore none = new InMemoryParkingStore(seq -> {
            throw new AssertionError("Nothing is parked under this policy, not even " + seq);
        });
        return new LaneSender(
                publisher, new LaneParking(none, BucketRange.ALL, type -> RefusalPolicy.STOP, new ManualTicker()));
    }

    public List<Long> seqs() {
        return parked.values().stream()
                .filter(parking -> !parking.discarded())
                .map(Parking::seq)
                .toList();
    }

    public List<Long> discarded() {
        return parked.values().stream()
                .filter(Parking::discarded)
                .map(Parking::seq)
                .toList();
    }

    public void release(AggregateRef aggregate) {
        decided.add(aggregate);
    }

    public void stop(AggregateRef aggregate) {
        stopped.add(aggregate);
    }

    void discard(long seq) {
        parked.computeIfPresent(seq, (key, parking) -> new Parking(seq, parking.reason(), true));
    }

    public void discardHeld(String topic) {
        parked.replaceAll((seq, parking) -> isHeldFor(topic, parking) ? new Parking(seq, null, true) : parking);
    }

    private boolean isHeldFor(String topic, Parking parking) {
        return parking.held() && log.apply(parking.seq()).event().topic().equals(topic);
    }

    /** The seq of all events that wait for their topic. */
    public List<Long> held() {
        return parked.values().stream().filter(Parking::held).map(Parking::seq).toList();
    }

    @Override
    public Parked load(BucketRange buckets) {
        Map<AggregateRef, Long> keys = new HashMap<>();
        Map<String, String> topics = new HashMap<>();
        for (Parking parking : parked.values()) {
            if (parking.held()) {
                topics.put(log.apply(parking.seq()).event().topic(), String.valueOf(parking.reason()));
            } else if (!parking.discarded() || decided.contains(aggregate(parking.seq()))) {
                keys.putIfAbsent(aggregate(parking.seq()), parking.seq());
            }
        }
        long waiting = parked.values().stream()
                .filter(parking -> !parking.held() && !parking.discarded())
                .count();
        return new Parked(
                keys,
                Set.copyOf(decided),
                Set.copyOf(discarded()),
                topics,
                new Waiting(waiting, Duration.ZERO, Duration.ZERO));
    }

    @Override
    public void park(List<Parking> events) {
        events.forEach(event -> parked.putIfAbsent(event.seq(), event));
    }

    @Override
    public void decide(Collection<AggregateRef> aggregates) {
        decided.addAll(aggregates);
    }

    @Override
    public List<OutboxRow> released(BucketRange buckets, int limit) {
        Set<AggregateRef> released = new HashSet<>(decided);
        released.removeAll(stopped);
        return rows(parking -> !parking.held() && released.contains(aggregate(parking.seq())), limit);
    }

    @Override
    public List<OutboxRow> held(BucketRange buckets, String topic, int limit) {
        return rows(parking -> isHeldFor(topic, parking), limit);
    }

    @Override
    public void published(Collection<Long> seqs) {
        parked.keySet().removeAll(seqs);
    }

    @Override
    public void hold(List<Parking> events) {
        events.forEach(event -> parked.replace(event.seq(), event));
    }

    @Override
    public void refused(Refused event) {
        decided.remove(event.aggregate());
        stopped.remove(event.aggregate());
        parked.replaceAll((seq, parking) -> aggregate(seq).equals(event.aggregate()) && seq >= event.seq()
                ? new Parking(seq, seq == event.seq() ? event.reason() : parking.reason(), parking.discarded())
                : parking);
    }

    @Override
    public void done(Collection<AggregateRef> aggregates) {
        decided.removeAll(aggregates);
    }

    @Override
    public void takeBack(BucketRange buckets) {
        decided.removeAll(stopped);
        stopped.clear();
    }

    private List<OutboxRow> rows(Predicate<Parking> which, int limit) {
        return parked.values().stream()
                .filter(parking -> !parking.discarded())
                .filter(which)
                .limit(limit)
                .map(parking -> log.apply(parking.seq()))
                .toList();
    }

    private AggregateRef aggregate(long seq) {
        return log.apply(seq).event().aggregate();
    }
}
