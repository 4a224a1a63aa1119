package dev.outbox.relay.simulation;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.parking.Parking;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.internal.parking.Refused;
import dev.outbox.relay.internal.parking.Waiting;
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
        private boolean held;
        private boolean stopped;

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
        Map<String, String> topics = new HashMap<>();
        for (Row row : rows.values()) {
            int bucket = row.aggregate().bucket();
            if (bucket < buckets.first() || bucket > buckets.last()) {
                continue;
            }
            if (row.discarded) {
                discarded.add(row.event.seq());
            }
            if (row.held) {
                topics.put(row.event.event().topic(), "gone");
            } else if (!row.discarded || row.decided) {
                keys.putIfAbsent(row.aggregate(), row.event.seq());
            }
            if (row.decided) {
                decided.add(row.aggregate());
            }
        }
        return new Parked(keys, decided, discarded, topics, Waiting.NOTHING);
    }

    @Override
    public void park(List<Parking> events) {
        for (Parking parking : events) {
            if (!rows.containsKey(parking.seq()) && database.isPresent(parking.seq())) {
                StoredEvent event = database.committed(parking.seq());
                world.say(() -> "%s: %s".formatted(parking.held() ? "held" : "parked", event));
                Row row = new Row(event.row());
                row.held = parking.held();
                rows.put(parking.seq(), row);
                if (parking.held()) {
                    promises.held(event);
                } else {
                    promises.parked(event, parking.reason() == null);
                }
            }
        }
    }

    @Override
    public void decide(Collection<AggregateRef> aggregates) {
        aggregates.forEach(aggregate -> kept(aggregate).forEach(row -> row.decided = true));
    }

    @Override
    public List<OutboxRow> released(BucketRange buckets, int limit) {
        return open(buckets)
                .filter(row -> row.decided && of(row.aggregate()).noneMatch(other -> other.stopped))
                .map(row -> row.event)
                .limit(limit)
                .toList();
    }

    @Override
    public List<OutboxRow> held(BucketRange buckets, String topic, int limit) {
        return open(buckets)
                .filter(row -> row.held && row.event.event().topic().equals(topic))
                .map(row -> row.event)
                .limit(limit)
                .toList();
    }

    @Override
    public void published(Collection<Long> seqs) {
        for (Long seq : seqs) {
            Row row = rows.remove(seq);
            if (row != null && row.decided) {
                promises.released(row.event);
            } else if (row != null) {
                promises.unparked(row.event);
            }
        }
    }

    @Override
    public void hold(List<Parking> events) {
        for (Parking event : events) {
            Row row = rows.get(event.seq());
            if (row != null && !row.discarded) {
                row.held = true;
                row.decided = false;
                row.stopped = false;
            }
        }
    }

    @Override
    public void refused(Refused event) {
        of(event.aggregate()).forEach(row -> {
            row.decided = false;
            row.stopped = false;
            row.held &= row.event.seq() < event.seq();
        });
        promises.decisionEnded(event.aggregate());
    }

    @Override
    public void done(Collection<AggregateRef> aggregates) {
        aggregates.forEach(aggregate -> {
            of(aggregate).forEach(row -> row.decided = false);
            promises.decisionEnded(aggregate);
        });
    }

    @Override
    public void takeBack(BucketRange buckets) {
        open(buckets).filter(row -> row.stopped).map(Row::aggregate).distinct().forEach(aggregate -> {
            world.say(() -> "release of %s is stopped".formatted(aggregate));
            of(aggregate).forEach(row -> {
                row.decided = false;
                row.stopped = false;
            });
            promises.decisionEnded(aggregate);
        });
    }

    /** {@return the aggregates whose release has been asked for and is not to stop} */
    List<AggregateRef> releasing() {
        return rows.values().stream()
                .filter(row -> row.decided && !row.discarded)
                .map(Row::aggregate)
                .distinct()
                .filter(aggregate -> of(aggregate).noneMatch(row -> row.stopped))
                .toList();
    }

    /** A person stops the release of an aggregate. */
    void stop(AggregateRef aggregate) {
        world.say(() -> "the release of %s is to stop".formatted(aggregate));
        kept(aggregate).filter(row -> row.decided).forEach(row -> row.stopped = true);
    }

    /** {@return the aggregates with parked events that nobody has decided about} */
    List<AggregateRef> undecided() {
        return rows.values().stream()
                .filter(row -> !row.discarded && !row.held)
                .map(Row::aggregate)
                .distinct()
                .filter(aggregate -> of(aggregate).noneMatch(row -> row.decided))
                .toList();
    }

    /** A person asks for the publication of what is parked of an aggregate. */
    void release(AggregateRef aggregate) {
        world.say(() -> "%s is to be released".formatted(aggregate));
        decide(List.of(aggregate));
    }

    /** A person gives up what is parked of an aggregate. */
    void discard(AggregateRef aggregate) {
        for (Row row : kept(aggregate).toList()) {
            discard(row);
            row.decided = true;
        }
    }

    /** A person gives up the first event that is parked of an aggregate. */
    void discardFirst(AggregateRef aggregate) {
        Row first = kept(aggregate).findFirst().orElseThrow();
        discard(first);
        first.decided = kept(aggregate).findFirst().isEmpty();
    }

    /** {@return the topics that events wait for} */
    List<String> heldTopics() {
        return rows.values().stream()
                .filter(row -> row.held)
                .map(row -> row.event.event().topic())
                .distinct()
                .toList();
    }

    /** A person gives up what waits for a topic. */
    void discardHeld(String topic) {
        for (Row row : rows.values()) {
            if (row.held && row.event.event().topic().equals(topic)) {
                row.held = false;
                discard(row);
            }
        }
    }

    private void discard(Row row) {
        world.say(() -> "given up: %s".formatted(row.event));
        row.discarded = true;
        promises.givenUp(row.event);
    }

    private Stream<Row> of(AggregateRef aggregate) {
        return rows.values().stream().filter(row -> row.aggregate().equals(aggregate));
    }

    private Stream<Row> kept(AggregateRef aggregate) {
        return of(aggregate).filter(row -> !row.discarded && !row.held);
    }

    private Stream<Row> open(BucketRange buckets) {
        return rows.values().stream()
                .filter(row ->
                        !row.discarded && buckets.contains(row.aggregate().bucket()));
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
                var told = List.copyOf(events);
                process.tell(() -> parked.park(told));
            }

            @Override
            public void decide(Collection<AggregateRef> aggregates) {
                var told = List.copyOf(aggregates);
                process.tell(() -> parked.decide(told));
            }

            @Override
            public List<OutboxRow> released(BucketRange buckets, int limit) {
                return process.statement("read what is released", () -> parked.released(buckets, limit));
            }

            @Override
            public List<OutboxRow> held(BucketRange buckets, String topic, int limit) {
                return process.statement("read what is held", () -> parked.held(buckets, topic, limit));
            }

            @Override
            public void published(Collection<Long> seqs) {
                var told = List.copyOf(seqs);
                process.tell(() -> parked.published(told));
            }

            @Override
            public void hold(List<Parking> events) {
                var told = List.copyOf(events);
                process.tell(() -> parked.hold(told));
            }

            @Override
            public void refused(Refused event) {
                process.tell(() -> parked.refused(event));
            }

            @Override
            public void takeBack(BucketRange buckets) {
                process.tell(() -> parked.takeBack(buckets));
            }

            @Override
            public void done(Collection<AggregateRef> aggregates) {
                var told = List.copyOf(aggregates);
                process.tell(() -> parked.done(told));
            }
        };
    }
}
