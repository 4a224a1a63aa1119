package dev.outbox.consumer.internal.broker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Settings of an admin client that lives only as long as a question. With Kafka's own settings, it would log thousands of lines
 * a second while the broker is unreachable.
 */
public final class AdminSettings {

    private static final int RECONNECT_AFTER_MILLIS = 500;
    private static final int RECONNECT_AFTER_AT_MOST_MILLIS = 3_000;

    private AdminSettings() {}

    /**
     * {@return settings for asking the broker of the given consumers, as the same user}
     *
     * @param consumers the settings of the consumers; settings that only consumers have are left out
     */
    public static Map<String, Object> ofConsumers(Map<String, Object> consumers) {
        Set<String> consumersAlone = new HashSet<>(ConsumerConfig.configNames());
        consumersAlone.removeAll(AdminClientConfig.configNames());
        Map<String, Object> settings = new HashMap<>(consumers);
        settings.keySet().removeAll(consumersAlone);
        return quiet(settings);
    }

    /**
     * {@return the given settings, with defaults that keep the client quiet while the broker is unreachable}
     *
     * @param settings the settings of an admin client
     */
    public static Map<String, Object> quiet(Map<String, Object> settings) {
        Map<String, Object> quiet = new HashMap<>(settings);
        // Rebootstrapping is for long-lived clients. Without any broker, it is repeated without a pause, and logged.
        quiet.putIfAbsent(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        if (!quiet.containsKey(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG)) {
            quiet.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_AFTER_MILLIS);
            quiet.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_AFTER_AT_MOST_MILLIS);
        }
        return quiet;
    }
}
