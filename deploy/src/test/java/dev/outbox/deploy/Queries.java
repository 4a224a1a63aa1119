package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.internal.metrics.NamedMeter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is required of every query, of alerts and of dashboards. */
final class Queries {

    /** What every instance shows of the same thing, so that sums and averages say nothing. */
    private static final Set<String> SHOWN_BY_ALL = Set.of(
            "outbox_relay_lanes_unowned",
            "outbox_relay_slot_headroom_seconds",
            "outbox_relay_replication_retained_bytes",
            "outbox_relay_replication_status",
            "outbox_inbox_parked",
            "outbox_inbox_parked_age_seconds");

    private Queries() {}

    static void check(String where, String expression) {
        PromQl query = PromQl.of(expression);
        assertThat(query.selectors()).as(where).isNotEmpty();
        // Kafka's and the JVM's are looked for on a real scrape alone.
        List<Selector> ours = query.selectors().stream()
                .filter(selector -> selector.metric().startsWith("outbox_"))
                .toList();
        ours.forEach(selector -> check(where, selector));
        if (ours.size() == query.selectors().size()) {
            assertThat(query.labels()).as("the labels in %s", where).allMatch(Queries::isLabel);
        }
    }

    private static boolean isLabel(String name) {
        return Meters.LABELS_OF_TARGETS.contains(name)
                || Meters.byPrometheusName().values().stream()
                        .anyMatch(meter -> meter.tags().contains(name));
    }

    private static void check(String where, Selector selector) {
        Map<String, NamedMeter> known = Meters.byPrometheusName();
        assertThat(known).as("the meters, of which %s asks for one", where).containsKey(selector.metric());
        NamedMeter meter = known.get(selector.metric());
        selector.matchers()
                .forEach(matcher -> assertThat(List.of(matcher.label()))
                        .as("a label of %s in %s", selector.metric(), where)
                        .allMatch(label -> meter.tags().contains(label) || Meters.LABELS_OF_TARGETS.contains(label)));
        assertThat(selector.functions().stream().anyMatch(Set.of("rate", "increase", "irate")::contains))
                .as("%s counts, in %s", selector.metric(), where)
                .isEqualTo(selector.metric().matches(".*_(total|count|sum|bucket)"));
        if (SHOWN_BY_ALL.contains(selector.metric())) {
            assertThat(selector.functions())
                    .as("%s is shown by all instances, in %s", selector.metric(), where)
                    .doesNotContain("sum", "avg", "count");
        }
    }
}
