package dev.outbox.relay.simulation;

import static java.util.stream.Collectors.toMap;

import dev.outbox.relay.internal.lease.InMemoryLaneStore;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneOverview.Holding;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.lease.Lease;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lanes, as all relays share them; every change is shown to the {@link Promises}. */
final class ModelLaneStore implements LaneStore {

    private final World world;
    private final Promises promises;
    private final InMemoryLaneStore rows;
    private int count = 1;

    ModelLaneStore(World world, Promises promises) {
        this.world = world;
        this.promises = promises;
        this.rows = new InMemoryLaneStore(world::now);
    }

    @Override
    public Optional<Lease> acquire(Lane lane, String owner, Duration ttl) {
        if (lane.count() != count) {
            return Optional.empty();
        }
        if (!world.holds(Rule.LEASE_IS_RESPECTED)) {
            rows.expire(lane);
        }
        Optional<Lease> lease = rows.acquire(lane, owner, ttl).map(this::withoutPosition);
        lease.ifPresent(given -> {
            world.say(() -> "%s acquires %s at %s".formatted(owner, given, given.position()));
            promises.given(given, world.now() + ttl.toNanos());
        });
        return lease;
    }

    @Override
    public boolean renew(Lease lease, Position position) {
        return renew(lease, position, () -> {});
    }

    @Override
    public boolean renew(Lease lease, Position position, Runnable changes) {
        boolean renewed = isThere(lease) && rows.renew(valid(lease), position);
        if (renewed) {
            changes.run();
        }
        return saved(lease, position, renewed, world.now() + lease.ttl().toNanos());
    }

    @Override
    public boolean release(Lease lease, Position position) {
        return saved(lease, position, isThere(lease) && rows.release(valid(lease), position), world.now());
    }

    /** {@return every lane and who owns it} */
    List<Holding> holdings() {
        return lanes(count).map(lane -> new Holding(lane, rows.owner(lane))).toList();
    }

    /** {@return whether a lane is under the epoch; without the rule, it always is} */
    boolean isUnder(LaneEpoch expected) {
        return !world.holds(Rule.EPOCH_IS_CHECKED)
                || lanes(count)
                        .filter(lane ->
                                lane.buckets().first() == expected.buckets().first())
                        .anyMatch(lane -> rows.epoch(lane) == expected.epoch());
    }

    boolean divide(int from, int to) {
        boolean isFree = holdings().stream().allMatch(Holding::isFree);
        if (count != from || (!isFree && world.holds(Rule.LANES_ARE_DIVIDED_WHILE_FREE))) {
            return false;
        }
        if (world.holds(Rule.NEW_LANES_BEGIN_BEHIND_OLD_ONES)) {
            rows.divide(from, to, Position::sharedWith);
        } else {
            rows.divide(from, to, (one, other) -> other);
        }
        count = to;
        Map<Lane, Position> begins = lanes(to).collect(toMap(lane -> lane, rows::position));
        world.say(() -> "%d lanes are divided into %d: %s".formatted(from, to, begins));
        promises.divided(begins);
        return true;
    }

    /** Where published events are removed, nothing else says what is left to do. */
    private Lease withoutPosition(Lease lease) {
        return world.plan().removes()
                ? new Lease(lease.lane(), lease.owner(), lease.epoch(), lease.ttl(), Position.START)
                : lease;
    }

    private static Stream<Lane> lanes(int count) {
        return IntStream.range(0, count).mapToObj(number -> new Lane(number, count));
    }

    private boolean isThere(Lease lease) {
        return lease.lane().count() == count;
    }

    private boolean saved(Lease lease, Position position, boolean accepted, long until) {
        world.say(() -> "%s of %s to %s".formatted(accepted ? "save" : "refused save", lease, position));
        if (accepted) {
            promises.saved(lease, position, until);
        }
        return accepted;
    }

    /** Without the rule, whoever comes is taken for the owner. */
    private Lease valid(Lease lease) {
        return world.holds(Rule.EPOCH_IS_CHECKED) ? lease : promises.lastGiven(lease.lane());
    }

    /** The lanes as one process reaches them. */
    static LaneStore reachedBy(RelayProcess process, LaneStore lanes) {
        return new LaneStore() {

            @Override
            public Optional<Lease> acquire(Lane lane, String owner, Duration ttl) {
                return process.statement("acquire", () -> lanes.acquire(lane, owner, ttl));
            }

            @Override
            public boolean renew(Lease lease, Position position) {
                return process.statement("renew", () -> lanes.renew(lease, position));
            }

            @Override
            public boolean renew(Lease lease, Position position, Runnable changes) {
                Runnable told = process.told(changes);
                return process.statement("renew", () -> lanes.renew(lease, position, told));
            }

            @Override
            public boolean release(Lease lease, Position position) {
                return process.statement("release", () -> lanes.release(lease, position));
            }
        };
    }
}
