package dev.outbox.relay.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells of settings of the producer that the relay does not take over, for order and durability rest on its own: the
 * application may count on what it has set.
 */
final class ProducerSettingsCheck implements StartCheck {

    private static final List<Rule> RULES = List.of(
            new Rule("acks", value -> value.equals("all") || value.equals("-1"), "all"),
            new Rule("enable.idempotence", value -> value.equals("true"), "true"),
            new Rule("max.in.flight.requests.per.connection", value -> value.equals("1"), "1"),
            new Rule("retries", value -> value.equals(Integer.toString(Integer.MAX_VALUE)), "no end of them"),
            new Rule("delivery.timeout.ms", value -> value.equals(Integer.toString(Integer.MAX_VALUE)), "no timeout"),
            new Rule("transactional.id", value -> false, "no transactions"));

    private final Map<String, Object> settings;

    ProducerSettingsCheck(Map<String, Object> settings) {
        this.settings = Map.copyOf(settings);
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : RULES) {
            Object value = settings.get(rule.setting());
            if (value != null && !rule.harmless().test(value.toString().trim())) {
                findings.add(
                        Finding.notice(
                                "Kafka producer setting %s is %s; the relay has its own instead: %s."
                                        .formatted(rule.setting(), value, rule.own()),
                                "The order of events rests on it. Nothing is to be done unless another value was relied upon."));
            }
        }
        return findings;
    }

    private record Rule(String setting, Predicate<String> harmless, String own) {}
}
