package dev.outbox.relay.internal.lease;

import dev.outbox.relay.internal.log.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lanes in memory, with a clock that a test moves. */
public final class InMemoryLaneStore implements LaneStore {

    private static final String NOBODY = "";

    private final Map<Lane, Row> rows = new HashMap<>();
    private final LongSupplier clock;
    private int saves;
    private @Nullable RuntimeException failure;

    public InMemoryLaneStore(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Lease> acquire(Lane lane, String owner, Duration ttl) {
        Row row = row(lane);
        if (row.until > clock.getAsLong() && !row.owner.equals(owner)) {
            return Optional.empty();
        }
        rows.put(lane, new Row(owner, row.epoch + 1, clock.getAsLong() + ttl.toNanos(), row.position));
        return Optional.of(new Lease(lane, owner, row.epoch + 1, ttl, row.position));
    }

    @Override
    public boolean renew(Lease lease, Position position) {
        return save(lease, position, clock.getAsLong() + lease.ttl().toNanos());
    }

    @Override
    public boolean renew(Lease lease, Position position, Runnable changes) {
        boolean renewed = renew(lease, position);
        if (renewed) {
            changes.run();
        }
        return renewed;
    }

    @Override
    public boolean release(Lease lease, Position position) {
        boolean saved = save(lease, position, Long.MIN_VALUE);
        if (saved) {
            rows.put(lease.lane(), new Row(NOBODY, lease.epoch(), Long.MIN_VALUE, position));
        }
        return saved;
    }

    public void expire(Lane lane) {
        Row row = row(lane);
        rows.put(lane, new Row(row.owner, row.epoch, Long.MIN_VALUE, row.position));
    }

    public Position position(Lane lane) {
        return row(lane).position;
    }

    public long epoch(Lane lane) {
        return row(lane).epoch;
    }

    /** {@return whose lease lives, or null} */
    public @Nullable String owner(Lane lane) {
        Row row = row(lane);
        return row.until > clock.getAsLong() ? row.owner : null;
    }

    /** Divides the buckets anew, as the table does, whoever owns a lane: new lanes, under an epoch that none had. */
    public void divide(int from, int to, BinaryOperator<Position> shared) {
        List<Lane> old = IntStream.range(0, from)
                .mapToObj(number -> new Lane(number, from))
                .toList();
        long epoch = old.stream().mapToLong(lane -> row(lane).epoch).max().orElse(0) + 1;
        Map<Lane, Row> divided = new HashMap<>();
        for (int number = 0; number < to; number++) {
            Lane lane = new Lane(number, to);
            Position start = old.stream()
                    .filter(lane::overlaps)
                    .map(this::position)
                    .reduce(shared)
                    .orElse(Position.START);
            divided.put(lane, new Row(NOBODY, epoch, Long.MIN_VALUE, start));
        }
        rows.clear();
        rows.putAll(divided);
    }

    /** How often a position was saved. */
    public int saves() {
        return saves;
    }

    /** From now on no lane can be renewed or released; null: again it can. */
    public void failWith(@Nullable RuntimeException cause) {
        failure = cause;
    }

    private boolean save(Lease lease, Position position, long until) {
        if (failure != null) {
            throw failure;
        }
        Row row = row(lease.lane());
        if (row.epoch != lease.epoch() || !row.owner.equals(lease.owner())) {
            return false;
        }
        saves++;
        rows.put(lease.lane(), new Row(row.owner, row.epoch, until, position));
        return true;
    }

    private Row row(Lane lane) {
        return rows.computeIfAbsent(lane, absent -> new Row(NOBODY, 0, Long.MIN_VALUE, Position.START));
    }

    private record Row(String owner, long epoch, long until, Position position) {}
}
