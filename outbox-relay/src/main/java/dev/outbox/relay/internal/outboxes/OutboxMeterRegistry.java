package dev.outbox.relay.internal.outboxes;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;

/** The registry of the sidecar, as one of its outboxes sees it: each meter has the name of the outbox as a tag. */
final class OutboxMeterRegistry extends CompositeMeterRegistry {

    OutboxMeterRegistry(String outbox, MeterRegistry sidecar) {
        super(sidecar.config().clock(), List.of(sidecar));
        config().meterFilter(MeterFilter.commonTags(Tags.of("outbox", outbox)));
    }

    /** The meters of the outbox are gone; the registry of the sidecar stays. */
    @Override
    public void close() {
        getMeters().forEach(this::remove);
    }
}
