package dev.outbox.relay.internal.kafka;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * An allow-list, because Kafka adds settings, and one that moves the records of a key to another partition goes unnoticed
 * until the order is broken. Settings that Kafka does not know belong to plug-ins, such as a login or a reporter.
 */
final class KafkaSettings implements BrokerSettings {

    private static final int MAX_REQUEST_SIZE = 1024 * 1024;

    /** With Kafka's own default, each client logs three or more lines a second while its broker is away. */
    private static final int RECONNECT_AFTER_MILLIS = 500;

    private static final int RECONNECT_AFTER_AT_MOST_MILLIS = 3_000;

    private static final Set<String> INHERITED = Set.of(
            ProducerConfig.BATCH_SIZE_CONFIG,
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            ProducerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG,
            ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
            ProducerConfig.LINGER_MS_CONFIG,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            ProducerConfig.RECEIVE_BUFFER_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ProducerConfig.SEND_BUFFER_CONFIG);

    private static final Set<String> INHERITED_GROUPS = Set.of(
            "client.",
            "compression.",
            "config.providers",
            "metadata.",
            "metric.",
            "metrics.",
            "reconnect.backoff.",
            "retry.backoff.",
            "sasl.",
            "security.",
            "socket.connection.",
            "ssl.");

    /** The relay's records are bytes already. Spring Boot always sets these, so they do not show what the user wants. */
    private static final Set<String> WITHOUT_MEANING =
            Set.of(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

    private final Map<String, Object> producer = new HashMap<>();
    private final SortedMap<String, Object> refused = new TreeMap<>();

    KafkaSettings(Map<String, Object> service) {
        service.forEach((name, value) -> {
            if (isInherited(name)) {
                producer.put(name, value);
            } else if (!WITHOUT_MEANING.contains(name)) {
                refused.put(name, value);
            }
        });
        producer.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_SIZE);
        if (!producer.containsKey(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG)) {
            producer.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_AFTER_MILLIS);
            producer.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_AFTER_AT_MOST_MILLIS);
        }
        number(producer, ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    }

    @Override
    public Map<String, Object> producer() {
        return Collections.unmodifiableMap(producer);
    }

    @Override
    public Map<String, Object> admin() {
        Set<String> producersAlone = new HashSet<>(ProducerConfig.configNames());
        producersAlone.removeAll(AdminClientConfig.configNames());
        Map<String, Object> admin = new HashMap<>(producer);
        admin.keySet().removeAll(producersAlone);
        // Without any broker, an admin client would rebootstrap again and again without a pause, and log each time.
        admin.putIfAbsent(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        return admin;
    }

    @Override
    public SortedMap<String, Object> refused() {
        return Collections.unmodifiableSortedMap(refused);
    }

    @Override
    public int maxRequestSize() {
        return Math.toIntExact(number(producer, ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
    }

    /** {@return a setting that must be a number of bytes} */
    static long number(Map<String, Object> settings, String name) {
        String value = String.valueOf(settings.get(name));
        try {
            return Long.parseLong(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Kafka producer setting %s is '%s'; it has to be a whole number of bytes".formatted(name, value),
                    e);
        }
    }

    private static boolean isInherited(String name) {
        return INHERITED.contains(name)
                || INHERITED_GROUPS.stream().anyMatch(name::startsWith)
                || !ProducerConfig.configNames().contains(name);
    }
}
