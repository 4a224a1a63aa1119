package dev.outbox.relay;

import dev.outbox.relay.internal.lane.LaneMonitor;
import dev.outbox.relay.lane.LaneTroubles;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the monitors of the lanes of this process. */
record OwnedLaneTroubles(Supplier<List<LaneMonitor>> monitors) implements LaneTroubles {

    @Override
    public boolean isOwnedHere(int lane) {
        return monitor(lane).isPresent();
    }

    @Override
    public Optional<String> of(int lane) {
        return monitor(lane).flatMap(LaneMonitor::trouble);
    }

    private Optional<LaneMonitor> monitor(int lane) {
        return monitors.get().stream()
                .filter(monitor ->
                        monitor.lane().number() == lane && monitor.status().isOwner())
                .findFirst();
    }
}
