package dev.outbox.deploy;

import dev.outbox.consumer.internal.metrics.InboxMeter;
import dev.outbox.internal.metrics.NamedMeter;
import dev.outbox.producer.internal.metrics.CaptureMeter;
import dev.outbox.relay.internal.metrics.RelayMeter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The meters of the modules, by the names under which Prometheus can find them. Whether one is a counter, a gauge or a timer is
 * not said by the modules' enums, so a name may be of the wrong kind here; {@link ScrapeIT} looks for each on a real scrape.
 */
final class Meters {

    /** What Prometheus adds to every series of a target, the sidecar to those of its outboxes, and Kubernetes to both. */
    static final Set<String> LABELS_OF_TARGETS = Set.of("job", "instance", "pod", "outbox", "le");

    private static final Map<String, NamedMeter> BY_NAME = byName();

    private Meters() {}

    static Map<String, NamedMeter> byPrometheusName() {
        return BY_NAME;
    }

    private static Map<String, NamedMeter> byName() {
        Map<String, NamedMeter> byName = new HashMap<>();
        Stream.of(CaptureMeter.values(), RelayMeter.values(), InboxMeter.values())
                .flatMap(Stream::of)
                .forEach(meter -> names(meter).forEach(name -> byName.put(name, meter)));
        return Map.copyOf(byName);
    }

    private static Stream<String> names(NamedMeter meter) {
        String name = meter.meterName().replace('.', '_');
        return switch (meter.unit()) {
            case "seconds" -> distribution(name + "_seconds");
            case "bytes" -> distribution(name + "_bytes");
            default -> Stream.of(name, name + "_total");
        };
    }

    private static Stream<String> distribution(String name) {
        return Stream.of("", "_count", "_sum", "_max", "_bucket").map(suffix -> name + suffix);
    }
}
