package dev.outbox.relay;

import dev.outbox.internal.wakeup.CommitHint;
import dev.outbox.relay.internal.lane.LaneAssembly;
import dev.outbox.relay.internal.lane.LaneLoop;
import dev.outbox.relay.internal.lane.LaneMonitor;
import dev.outbox.relay.internal.lane.RunningLane;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.pace.RelayWait;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The lanes that this process works on, each with its own thread. Passes the hints of this process to all of them. */
final class LaneThreads implements LaneStarter, CommitHint {

    private final LaneAssembly assembly;
    private final RelayWait ended;
    private final List<LaneLoop> loops = new CopyOnWriteArrayList<>();

    /**
     * @param assembly creates the parts of a lane
     * @param ended signalled when a lane has ended
     */
    LaneThreads(LaneAssembly assembly, RelayWait ended) {
        this.assembly = assembly;
        this.ended = ended;
    }

    @Override
    public RunningLane start(Lane lane) {
        LaneLoop loop = assembly.assemble(lane);
        loops.add(loop);
        loop.start(() -> {
            loops.remove(loop);
            ended.settled();
        });
        return loop;
    }

    @Override
    public void committed() {
        loops.forEach(LaneLoop::committed);
    }

    @Override
    public void committedElsewhere() {
        loops.forEach(LaneLoop::committedElsewhere);
    }

    /** {@return whether there is no lane to work on} */
    boolean isIdle() {
        return loops.isEmpty();
    }

    /** {@return the monitors of the lanes that this process works on} */
    List<LaneMonitor> monitors() {
        return loops.stream().map(LaneLoop::monitor).toList();
    }
}
