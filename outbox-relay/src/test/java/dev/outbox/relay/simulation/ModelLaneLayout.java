package dev.outbox.relay.simulation;

import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.lease.LaneOverview;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The relays that share the lanes, as {@code outbox_relay} has them. */
final class ModelLaneLayout implements LaneLayout {

    private static final Comparator<Member> BY_AGE =
            Comparator.comparingLong(Member::joinedAt).thenComparing(Member::name);

    private final World world;
    private final ModelLaneStore lanes;
    private final Map<String, Member> members = new HashMap<>();

    private record Member(String name, int lanes, long joinedAt, long until) {}

    ModelLaneLayout(World world, ModelLaneStore lanes) {
        this.world = world;
        this.lanes = lanes;
    }

    @Override
    public LaneOverview join(String relay, int wanted, Duration ttl) {
        long now = world.now();
        Member before = members.get(relay);
        long joinedAt = before != null && before.until > now ? before.joinedAt : now;
        Member self = new Member(relay, wanted, joinedAt, now + ttl.toNanos());
        members.put(relay, self);
        List<Member> running = members.values().stream()
                .filter(member -> member.until > now)
                .sorted(BY_AGE)
                .toList();
        int youngestWants = running.get(running.size() - 1).lanes;
        return new LaneOverview(youngestWants, running.size(), running.indexOf(self), lanes.holdings());
    }

    @Override
    public void leave(String relay) {
        members.remove(relay);
    }

    @Override
    public boolean change(int from, int to) {
        return lanes.divide(from, to);
    }

    /** The table as one process reaches it. */
    static LaneLayout reachedBy(RelayProcess process, LaneLayout layout) {
        return new LaneLayout() {

            @Override
            public LaneOverview join(String relay, int lanes, Duration ttl) {
                return process.statement("join", () -> layout.join(relay, lanes, ttl));
            }

            @Override
            public void leave(String relay) {
                process.statement("leave", () -> {
                    layout.leave(relay);
                    return true;
                });
            }

            @Override
            public boolean change(int from, int to) {
                return process.statement("change", () -> layout.change(from, to));
            }
        };
    }
}
