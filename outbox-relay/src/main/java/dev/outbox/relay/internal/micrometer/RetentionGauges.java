package dev.outbox.relay.internal.micrometer;

import dev.outbox.relay.internal.metrics.RelayMeter;
import dev.outbox.relay.retention.Retention;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Shows how much time the retention has left. */
final class RetentionGauges implements MeterBinder {

    private final Retention retention;

    RetentionGauges(Retention retention) {
        this.retention = retention;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder(RelayMeter.SLOT_HEADROOM.meterName(), this::seconds, TimeUnit.SECONDS)
                .description(RelayMeter.SLOT_HEADROOM.description())
                .register(registry);
    }

    private double seconds() {
        return retention
                .headroom()
                .map(Duration::toSeconds)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }
}
