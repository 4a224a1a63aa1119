package dev.outbox.relay.simulation;

import dev.outbox.event.AggregateRef;
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
import java.util.stream.Stream;

/** The table {@code outbox_parked}: statement by statement what relays and people do to it. */
final class ModelParkingStore implements ParkingStore {

    private final World world;
    private final ModelDatabase database;
    private final Promises promises;
    private final TreeMap<Long, Row> rows = new TreeMap<>();

    private static final class Row {

        private final OutboxRow event;
        private boolean discarded;
        private boolean decided;

        private Row(OutboxRow event) {
            this.event = event;
        }

        private AggregateRef aggregate() {
            return event.event().aggregate();
        }
    }

    ModelParkingStore(World world, ModelDatabase database, Promises promises) {
        this.world = world;
        this.database = database;
        this.promises = promises;
    }

    @Override
    public Parked load(BucketRange buckets) {
        Map<AggregateRef, Long> keys = new HashMap<>();
        Set<AggregateRef> decided = new HashSet<>();
        Set<Long> discarded = new HashSet<>();
        for (Row row : rows.values()) {
            int bucket = row.aggregate().bucket();
            if (bucket < buckets.first() || bucket > buckets.last()) {
                continue;
            }
            if (row.discarded) {
                discarded.add(row.event.seq());
            }
            if (!row.discarded || row.decided) {
                keys.putIfAbsent(row.aggregate(), row.event.seq());
            }
            if (row.decided) {
                decided.add(row.aggregate());
            }
        }
        return new Parked(keys, decided, discarded);
    }

    @Override
    public void park(List<Parking> events) {
        for (Parking parking : events) {
            if (!rows.containsKey(parking.seq())) {
                StoredEvent event = database.committed(parking.seq());
                world.say(() -> "parked: %s".formatted(event));
                rows.put(parking.seq(), new Row(event.row()));
                promises.parked(event, parking.reason() == null);
            }
        }
    }

    @Override
    public void decide(AggregateRef aggregate) {
        open(aggregate).forEach(row -> row.decided = true);
    }

    @Override
    public List<OutboxRow> next(AggregateRef aggregate, int limit) {
        return open(aggregate).map(row -> row.event).limit(limit).toList();
    }

    @Override
    public void published(Collection<Long> seqs) {
        for (Long seq : seqs) {
            Row row = rows.remove(seq);
            if (row != null) {
                promises.unparked(row.event);
            }
        }
    }

    @Override
    public void refused(AggregateRef aggregate, long seq, String reason) {
        done(aggregate);
    }

    @Override
    public void done(AggregateRef aggregate) {
        of(aggregate).forEach(row -> row.decided = false);
    }

    /** {@return the aggregates with parked events that nobody has decided about} */
    List<AggregateRef> undecided() {
        return rows.values().stream()
                .filter(row -> !row.discarded)
                .map(Row::aggregate)
                .distinct()
                .filter(aggregate -> of(aggregate).noneMatch(row -> row.decided))
                .toList();
    }

    /** A person asks for the publication of what is parked of an aggregate. */
    void release(AggregateRef aggregate) {
        world.say(() -> "%s is to be released".formatted(aggregate));
        decide(aggregate);
    }

    /** A person gives up what is parked of an aggregate. */
    void discard(AggregateRef aggregate) {
        for (Row row : open(aggregate).toList()) {
            discard(row);
            row.decided = true;
        }
    }

    /** A person gives up the first event that is parked of an aggregate. */
    void discardFirst(AggregateRef aggregate) {
        Row first = open(aggregate).findFirst().orElseThrow();
        discard(first);
        first.decided = open(aggregate).findFirst().isEmpty();
    }

    private void discard(Row row) {
        world.say(() -> "given up: %s".formatted(row.event));
        row.discarded = true;
        promises.givenUp(row.event);
    }

    private Stream<Row> of(AggregateRef aggregate) {
        return rows.values().stream().filter(row -> row.aggregate().equals(aggregate));
    }

    private Stream<Row> open(AggregateRef aggregate) {
        return of(aggregate).filter(row -> !row.discarded);
    }

    /** The table as one process reaches it; what that changes is part of the statement that saves a position. */
    static ParkingStore reachedBy(RelayProcess process, ParkingStore parked) {
        return new ParkingStore() {

            @Override
            public Parked load(BucketRange buckets) {
                return process.statement("load what is parked", () -> parked.load(buckets));
            }

            @Override
            public void park(List<Parking> events) {
                parked.park(events);
            }

            @Override
            public void decide(AggregateRef aggregate) {
                parked.decide(aggregate);
            }

            @Override
            public List<OutboxRow> next(AggregateRef aggregate, int limit) {
                return process.statement("read what is parked", () -> parked.next(aggregate, limit));
            }

            @Override
            public void published(Collection<Long> seqs) {
                parked.published(seqs);
            }

            @Override
            public void refused(AggregateRef aggregate, long seq, String reason) {
                parked.refused(aggregate, seq, reason);
            }

            @Override
            public void done(AggregateRef aggregate) {
                parked.done(aggregate);
            }
        };
    }
}
