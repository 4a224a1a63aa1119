package dev.outbox.relay.internal.micrometer;

import dev.outbox.internal.metrics.NamedMeters;
import dev.outbox.relay.internal.metrics.RelayMeter;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.relay.internal.replication.Heartbeat;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what the server says about the replication slot, as of the last heartbeat of the engine. */
final class ReplicationGauges implements MeterBinder {

    /** If there is no replication slot. */
    private static final String MISSING = "missing";

    private static final List<String> STATUSES = List.of("reserved", "extended", "unreserved", "lost", MISSING);

    private final EngineMonitor engine;

    ReplicationGauges(EngineMonitor engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        NamedMeters meters = new NamedMeters(registry);
        meters.gauge(RelayMeter.REPLICATION_RETAINED, Tags.empty(), this::retained);
        for (String status : STATUSES) {
            meters.gauge(RelayMeter.REPLICATION_STATUS, Tags.of("status", status), () -> is(status));
        }
    }

    private double retained() {
        return engine.heartbeat()
                .map(Heartbeat::retainedBytes)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    private double is(String status) {
        return engine.heartbeat().filter(beat -> status.equals(statusOf(beat))).isPresent() ? 1 : 0;
    }

    private static String statusOf(Heartbeat beat) {
        @Nullable String status = beat.walStatus();
        return status == null ? MISSING : status;
    }
}
