package dev.outbox.consumer.internal.failure;

import dev.outbox.consumer.internal.broker.AdminSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Asks the broker, with a client that lives only as long as the question. Thread-safe. */
public final class BrokerProbe implements ServerProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Object> configuration;

    /**
     * @param configuration the settings with which the inbox consumes; settings that only consumers have are left out
     */
    public BrokerProbe(Map<String, Object> configuration) {
        Map<String, Object> own = new HashMap<>(AdminSettings.ofConsumers(configuration));
        own.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        own.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        this.configuration = own;
    }

    @Override
    public boolean answers() {
        Admin admin;
        try {
            admin = Admin.create(configuration);
        } catch (KafkaException away) {
            return false;
        }
        try {
            admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException away) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
