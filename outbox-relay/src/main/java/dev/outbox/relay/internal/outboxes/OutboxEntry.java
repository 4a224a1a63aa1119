package dev.outbox.relay.internal.outboxes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One of the outboxes, as it is configured.
 *
 * @param name its name
 * @param properties its settings, under the names that they have where there is one outbox
 */
record OutboxEntry(String name, Map<String, Object> properties) {

    /** Says that a context is that of one of several outboxes. */
    static final String NAME = "outbox.relay.outbox";

    /** What is not a setting of the relay itself. */
    private static final Map<String, String> ELSEWHERE =
            Map.of("datasource", "spring.datasource.", "kafka", "spring.kafka.", "schema", "outbox.schema.");

    private static final Set<String> RELAY = Set.of(
            "backoff",
            "check",
            "database",
            "debezium",
            "drain-timeout",
            "durability",
            "engine",
            "failure",
            "lanes",
            "lease",
            "page",
            "poll",
            "retention",
            "stuck-after",
            "tail",
            "trouble-status",
            "wakeup");

    /**
     * {@return the outbox}
     *
     * @param application the name of the application
     * @throws InvalidOutboxException if it has settings that there are not, or has no database
     */
    static OutboxEntry of(String name, Map<String, Object> configured, String application) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(NAME, name);
        properties.put("spring.application.name", application + "-" + name);
        flatten("", configured).forEach((key, value) -> properties.put(place(name, key), value));
        if (!properties.containsKey("spring.datasource.url")) {
            throw new InvalidOutboxException(
                    name,
                    "it has no database",
                    "Set outbox.relay.outboxes.%s.datasource.url, and its username and password.".formatted(name));
        }
        return new OutboxEntry(name, Map.copyOf(properties));
    }

    private static String place(String name, String key) {
        String first = key.replaceFirst("[.\\[].*", "");
        String elsewhere = ELSEWHERE.get(first);
        if (elsewhere != null && key.length() > first.length()) {
            return elsewhere + key.substring(first.length() + 1);
        }
        if (!RELAY.contains(first)) {
            Set<String> known = new TreeSet<>(RELAY);
            known.addAll(ELSEWHERE.keySet());
            throw new InvalidOutboxException(
                    name,
                    "it has no setting '%s'".formatted(key),
                    "The settings are " + String.join(", ", known) + ".");
        }
        return "outbox.relay." + key;
    }

    private static Map<String, Object> flatten(String prefix, Map<?, ?> nested) {
        Map<String, Object> flat = new LinkedHashMap<>();
        nested.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> deeper) {
                flat.putAll(flatten(name + ".", deeper));
            } else {
                flat.put(name, value);
            }
        });
        return flat;
    }
}
