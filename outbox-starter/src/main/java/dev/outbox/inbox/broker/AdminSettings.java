package dev.outbox.inbox.broker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Settings of an admin client that lives as long as a question. While the broker is away, Kafka's own would let it log
 * thousands of lines a second.
 */
public final class AdminSettings {

    private static final int RECONNECT_AFTER_MILLIS = 500;
    private static final int RECONNECT_AFTER_AT_MOST_MILLIS = 3_000;

    private AdminSettings() {}

    /**
     * {@return settings with which the broker of some consumers is asked, as the same user}
     *
     * @param consumers their settings; what only consumers know is left out
     */
    public static Map<String, Object> ofConsumers(Map<String, Object> consumers) {
        Set<String> consumersAlone = new HashSet<>(ConsumerConfig.configNames());
        consumersAlone.removeAll(AdminClientConfig.configNames());
        Map<String, Object> settings = new HashMap<>(consumers);
        settings.keySet().removeAll(consumersAlone);
        return quiet(settings);
    }

    /**
     * {@return the settings, and those that keep the client quiet while the broker is away, where they have none}
     *
     * @param settings of an admin client
     */
    public static Map<String, Object> quiet(Map<String, Object> settings) {
        Map<String, Object> quiet = new HashMap<>(settings);
        // To rebootstrap is for clients that live long. Without any broker, it is done again without a pause, and
        // logged.
        quiet.putIfAbsent(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        if (!quiet.containsKey(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG)) {
            quiet.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_AFTER_MILLIS);
            quiet.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_AFTER_AT_MOST_MILLIS);
        }
        return quiet;
    }
}
