package dev.outbox.relay.internal.outboxes;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.support.GenericApplicationContext;

/** Lets the meters of an outbox reach the registry of the sidecar. What concerns the process is measured there, once. */
final class OutboxMeters implements OutboxContextExtension {

    private static final List<String> MEASURED = List.of("outbox", "kafka", "hikaricp", "jdbc");

    private final MeterRegistry sidecar;

    OutboxMeters(MeterRegistry sidecar) {
        this.sidecar = sidecar;
    }

    @Override
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("management.defaults.metrics.export.enabled", false);
        properties.put("management.prometheus.metrics.export.enabled", false);
        properties.put("management.metrics.use-global-registry", false);
        properties.put("management.metrics.enable.all", false);
        MEASURED.forEach(prefix -> properties.put("management.metrics.enable." + prefix, true));
        return properties;
    }

    @Override
    public void extend(String outbox, GenericApplicationContext context) {
        context.registerBean(
                "outboxMeterRegistry",
                MeterRegistry.class,
                () -> new OutboxMeterRegistry(outbox, sidecar),
                definition -> definition.setDestroyMethodName("close"));
    }
}
