package dev.outbox.relay.simulation;

import dev.outbox.relay.lane.InMemoryLaneStore;
import dev.outbox.relay.lane.Lane;
import dev.outbox.relay.lane.LaneStore;
import dev.outbox.relay.lane.Lease;
import dev.outbox.store.Position;
import java.time.Duration;
import java.util.Optional;

/** The lanes, as all relays share them; every change is shown to the {@link Promises}. */
final class ModelLaneStore implements LaneStore {

    private final World world;
    private final Promises promises;
    private final InMemoryLaneStore rows;

    ModelLaneStore(World world, Promises promises) {
        this.world = world;
        this.promises = promises;
        this.rows = new InMemoryLaneStore(world::now);
    }

    @Override
    public Optional<Lease> acquire(Lane lane, String owner, Duration ttl) {
        if (!world.holds(Rule.LEASE_IS_RESPECTED)) {
            rows.expire(lane);
        }
        Optional<Lease> lease = rows.acquire(lane, owner, ttl);
        lease.ifPresent(given -> {
            world.say(() -> "%s acquires %s at %s".formatted(owner, given, given.position()));
            promises.given(given, world.now() + ttl.toNanos());
        });
        return lease;
    }

    @Override
    public boolean renew(Lease lease, Position position) {
        return saved(
                lease,
                position,
                rows.renew(valid(lease), position),
                world.now() + lease.ttl().toNanos());
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
        return saved(lease, position, rows.release(valid(lease), position), world.now());
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
        return world.holds(Rule.EPOCH_IS_CHECKED) ? lease : promises.lastGiven();
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
                return process.statement("renew", () -> lanes.renew(lease, position, changes));
            }

            @Override
            public boolean release(Lease lease, Position position) {
                return process.statement("release", () -> lanes.release(lease, position));
            }
        };
    }
}
