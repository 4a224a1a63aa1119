package dev.outbox.relay.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reports the settings of the service's producer that the relay does not take, because order and durability rely on the
 * relay's own settings, or might: the application may count on what it has set.
 */
final class ProducerSettingsCheck implements StartCheck {

    private static final Map<String, Rule> RULES = Map.of(
            "acks", new Rule(value -> value.equals("all") || value.equals("-1"), "all"),
            "enable.idempotence", new Rule(value -> value.equals("true"), "true"),
            "max.in.flight.requests.per.connection", new Rule(value -> value.equals("1"), "1"),
            "retries", new Rule(value -> value.equals(Integer.toString(Integer.MAX_VALUE)), "no limit"),
            "delivery.timeout.ms", new Rule(value -> value.equals(Integer.toString(Integer.MAX_VALUE)), "no timeout"),
            "transactional.id", new Rule(value -> false, "no transactions"),
            "partitioner.class", new Rule(String::isEmpty, "Kafka's own partitioner, which uses the key"),
            "partitioner.ignore.keys", new Rule(value -> value.equals("false"), "false"),
            "interceptor.classes", new Rule(value -> value.isEmpty() || value.equals("[]"), "none"));

    private static final Rule ANY_OTHER = new Rule(value -> false, "what Kafka has by default");

    private final Map<String, Object> refused;

    /**
     * @param refused the settings that are not taken
     */
    ProducerSettingsCheck(Map<String, Object> refused) {
        this.refused = Map.copyOf(refused);
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        refused.forEach((setting, value) -> {
            Rule rule = RULES.getOrDefault(setting, ANY_OTHER);
            if (!rule.harmless().test(value.toString().trim())) {
                findings.add(
                        Finding.notice(
                                "Kafka producer setting %s is %s; the relay ignores it and uses its own instead: %s."
                                        .formatted(setting, value, rule.own()),
                                "The order of events depends on it, or may. You need to do nothing unless you rely on another value."));
            }
        });
        return findings;
    }

    private record Rule(Predicate<String> harmless, String own) {}
}
