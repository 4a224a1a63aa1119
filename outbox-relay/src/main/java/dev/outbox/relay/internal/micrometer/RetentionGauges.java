package dev.outbox.relay.internal.micrometer;

import dev.outbox.internal.metrics.NamedMeters;
import dev.outbox.relay.internal.metrics.RelayMeter;
import dev.outbox.relay.retention.Retention;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;

/** Shows how much time the retention has left. */
final class RetentionGauges implements MeterBinder {

    private final Retention retention;

    RetentionGauges(Retention retention) {
        this.retention = retention;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        new NamedMeters(registry).gauge(RelayMeter.SLOT_HEADROOM, Tags.empty(), this::seconds);
    }

    private double seconds() {
        return retention
                .headroom()
                .map(Duration::toSeconds)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }
}
