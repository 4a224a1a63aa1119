package dev.outbox.relay.simulation;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.Lease;
import dev.outbox.relay.internal.log.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What must hold whatever goes wrong. It watches the topic and the tables and believes no relay.
 *
 * <ol>
 *   <li>Nothing committed is lost: in the end all of it is in the topic, except what a person has given up, and the
 *       positions lie behind it.
 *   <li>Nothing is invented: what is in the topic was committed before it came there.
 *   <li>On each topic, the first occurrences of the events of an aggregate come as 1, 2, 3, ..., without those of other
 *       topics and those that were given up. What was given up may come from a relay that had read it before, at any time.
 *   <li>A durable position lies before every event that is neither in the topic nor parked nor given up. It is moved under the current epoch alone,
 *       and back only by a statement that took effect after its failure had been reported,
 *       or where the lanes are divided anew, while none is owned.
 *   <li>Where published events are removed from the table, the same holds for each of them, and a position means nothing.
 *   <li>A parked event stays so until it is in the topic or given up. None is parked that comes before the one that was
 *       refused, but by a statement that took effect after its failure had been reported.
 *   <li>Nothing is sent once the lease is over, as far as the sender's clock could tell.
 * </ol>
 */
final class Promises {

    private final World world;
    private final ModelDatabase database;
    private final Map<UUID, StoredEvent> written = new HashMap<>();
    private final Set<UUID> published = new HashSet<>();
    private final Set<UUID> parked = new HashSet<>();
    private final Set<UUID> givenUp = new HashSet<>();

    /** Published by a decision that has not been carried out to its end; later events are still parked behind. */
    private final Set<UUID> released = new HashSet<>();

    private final Map<String, Long> lastOf = new HashMap<>();
    private final Map<Lane, Holder> holders = new HashMap<>();
    private Map<Lane, Position> positions = new HashMap<>(Map.of(Lane.ONLY, Position.START));
    private int repetitions;
    private int leases;
    private int parkings;
    private int divisions;
    private int holds;

    private record Holder(Lease lease, long until) {}

    Promises(World world, ModelDatabase database) {
        this.world = world;
        this.database = database;
    }

    void written(StoredEvent event) {
        written.put(event.row().event().id(), event);
    }

    void published(OutboxRow row) {
        StoredEvent event = written.get(row.event().id());
        if (event == null || !event.transaction().isCommitted()) {
            throw new BrokenPromise("%s is in the topic and was not committed".formatted(event == null ? row : event));
        }
        if (!published.add(row.event().id())) {
            repetitions++;
            return;
        }
        if (givenUp.contains(row.event().id())) {
            return;
        }
        long expected = nextOf(event);
        if (row.aggregateSeq() != expected) {
            throw new BrokenPromise("%s is in the topic before number %d of its aggregate".formatted(event, expected));
        }
        lastOf.put(sequence(event), expected);
    }

    /** The number of the next event of the aggregate that may come to the topic. */
    private long nextOf(StoredEvent event) {
        long last = lastOf.getOrDefault(sequence(event), 0L);
        return database.committed().stream()
                .filter(other -> sequence(other).equals(sequence(event)))
                .filter(other -> !givenUp.contains(other.row().event().id()))
                .mapToLong(other -> other.row().aggregateSeq())
                .filter(number -> number > last)
                .min()
                .orElseThrow();
    }

    private static String sequence(StoredEvent event) {
        return event.aggregate() + " on " + event.row().event().topic();
    }

    /** An event waits for its topic. */
    void held(StoredEvent event) {
        parked.add(event.row().event().id());
        holds++;
    }

    /** @param isBehindAnother whether that is why, and not that it was refused itself */
    void parked(StoredEvent event, boolean isBehindAnother) {
        boolean mayBeLate = world.plan().faults().contains(Fault.STATEMENT_FAILS);
        if (isBehindAnother && !mayBeLate && isFirstParked(event)) {
            throw new BrokenPromise("%s is parked, as if behind another one, and there is none".formatted(event));
        }
        parked.add(event.row().event().id());
        parkings++;
    }

    /**
     * An event that a release has published, and that is read again before the release has ended, is set aside and published
     * once more.
     */
    private boolean isFirstParked(StoredEvent event) {
        if (released.contains(event.row().event().id())) {
            return false;
        }
        return database.committed().stream()
                .filter(other -> other.aggregate().equals(event.aggregate())
                        && other.row().aggregateSeq() < event.row().aggregateSeq())
                .map(other -> other.row().event().id())
                .noneMatch(other -> parked.contains(other) || givenUp.contains(other) || released.contains(other));
    }

    /** A parked event was published, because somebody decided so. */
    void released(OutboxRow row) {
        released.add(row.event().id());
        unparked(row);
    }

    /** A decision has been carried out, or was taken back. */
    void decisionEnded(AggregateRef aggregate) {
        released.removeIf(event -> aggregate.equals(
                Objects.requireNonNull(written.get(event)).row().event().aggregate()));
    }

    void unparked(OutboxRow row) {
        UUID event = row.event().id();
        parked.remove(event);
        if (!published.contains(event) && !givenUp.contains(event)) {
            throw new BrokenPromise("%s is not parked any more and not in the topic".formatted(row));
        }
    }

    void givenUp(OutboxRow row) {
        parked.remove(row.event().id());
        givenUp.add(row.event().id());
    }

    void given(Lease lease, long until) {
        Holder holder = holders.get(lease.lane());
        if (holder != null
                && world.now() < holder.until
                && !holder.lease.owner().equals(lease.owner())) {
            throw new BrokenPromise("%s is given away while %s lives".formatted(lease, holder.lease));
        }
        holders.put(lease.lane(), new Holder(lease, until));
        leases++;
    }

    void divided(Map<Lane, Position> begins) {
        for (Holder holder : holders.values()) {
            if (world.now() < holder.until) {
                throw new BrokenPromise("The lanes are divided anew while %s lives".formatted(holder.lease));
            }
        }
        holders.clear();
        positions = new HashMap<>(begins);
        if (!world.plan().removes()) {
            begins.forEach(this::requireNothingOpenBefore);
        }
        divisions++;
    }

    Lease lastGiven(Lane lane) {
        Holder holder = holders.get(lane);
        if (holder == null) {
            throw new IllegalStateException("No relay has had lane %s yet".formatted(lane));
        }
        return holder.lease;
    }

    void saved(Lease lease, Position saved, long until) {
        Lane lane = lease.lane();
        if (lease.epoch() != lastGiven(lane).epoch()) {
            throw new BrokenPromise("%s moves the position under an old epoch, to %s".formatted(lease, saved));
        }
        if (!world.plan().removes()) {
            requireInPlace(lane, saved);
        }
        positions.put(lane, saved);
        holders.put(lane, new Holder(lastGiven(lane), until));
    }

    /** An event was removed from the table. */
    void removed(StoredEvent event) {
        if (!isDealtWith(event)) {
            throw new BrokenPromise("%s is removed, and is not in the topic and not parked".formatted(event));
        }
    }

    private void requireInPlace(Lane lane, Position saved) {
        requireNothingOpenBefore(lane, saved);
        Position last = position(lane);
        if (!world.plan().faults().contains(Fault.STATEMENT_FAILS)) {
            events(lane)
                    .filter(event -> event.isBefore(last) && !event.isBefore(saved))
                    .findFirst()
                    .ifPresent(event -> {
                        throw new BrokenPromise(
                                "Position %s lies before %s, unlike the last one, %s".formatted(saved, event, last));
                    });
        }
    }

    private void requireNothingOpenBefore(Lane lane, Position position) {
        events(lane)
                .filter(event -> event.isBefore(position) && !isDealtWith(event))
                .findFirst()
                .ifPresent(event -> {
                    throw new BrokenPromise(
                            "Position %s of lane %s has passed %s, which is not in the topic and not parked"
                                    .formatted(position, lane, event));
                });
    }

    /** A relay that can trust its clock hands an event to its producer. */
    void sending(String owner, Lane lane, OutboxRow row) {
        Holder holder = holders.get(lane);
        if (holder == null || !holder.lease.owner().equals(owner) || world.now() >= holder.until) {
            throw new BrokenPromise("%s sends %s after its lease is over".formatted(owner, row));
        }
    }

    boolean areAllPublished() {
        if (world.plan().removes()) {
            return parked.isEmpty() && database.present().isEmpty();
        }
        return parked.isEmpty()
                && positions.entrySet().stream()
                        .allMatch(lane -> events(lane.getKey())
                                .allMatch(event -> isDealtWith(event) && event.isBefore(lane.getValue())));
    }

    /** To be asked when all has had time to settle. */
    void settled() {
        for (StoredEvent event : database.committed()) {
            if (!isPublished(event) && !givenUp.contains(event.row().event().id())) {
                throw new BrokenPromise("%s was committed and is not in the topic".formatted(event));
            }
        }
        requirePast();
        if (world.plan().faults().isEmpty() && repetitions > 0) {
            throw new BrokenPromise("%d events were repeated, and nothing had gone wrong".formatted(repetitions));
        }
    }

    /** What is published is behind the positions, or out of the table. */
    private void requirePast() {
        if (world.plan().removes()) {
            database.present().forEach(event -> {
                throw new BrokenPromise("%s is in the topic and still in the table".formatted(event));
            });
            return;
        }
        positions.forEach((lane, position) -> events(lane)
                .filter(event -> !event.isBefore(position))
                .findFirst()
                .ifPresent(event -> {
                    throw new BrokenPromise("%s is in the topic and the position %s of lane %s does not pass it"
                            .formatted(event, position, lane));
                }));
    }

    int events() {
        return published.size();
    }

    int repetitions() {
        return repetitions;
    }

    int leases() {
        return leases;
    }

    /** How often an event was parked. */
    int parkings() {
        return parkings;
    }

    /** How often an event had to wait for its topic. */
    int holds() {
        return holds;
    }

    /** How often the lanes were divided anew. */
    int divisions() {
        return divisions;
    }

    private Position position(Lane lane) {
        return Objects.requireNonNull(positions.get(lane), () -> "There is no lane " + lane);
    }

    private Stream<StoredEvent> events(Lane lane) {
        return database.committed().stream().filter(event -> event.isIn(lane.buckets()));
    }

    private boolean isDealtWith(StoredEvent event) {
        UUID id = event.row().event().id();
        return published.contains(id) || parked.contains(id) || givenUp.contains(id);
    }

    private boolean isPublished(StoredEvent event) {
        return published.contains(event.row().event().id());
    }
}
