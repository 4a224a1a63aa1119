package dev.outbox.relay.internal.check;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker, with a client that lives only as long as the question. */
final class KafkaTopicLimits implements TopicLimits {

    private static final Logger log = LoggerFactory.getLogger(KafkaTopicLimits.class);

    private final Map<String, Object> configuration;
    private final Duration timeout;

    KafkaTopicLimits(Map<String, Object> configuration, Duration timeout) {
        this.configuration = Map.copyOf(configuration);
        this.timeout = timeout;
    }

    @Override
    public Map<String, OptionalLong> of(Set<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, OptionalLong> limits = new HashMap<>();
        Admin admin = Admin.create(configuration);
        try {
            ask(admin, resources, limits);
        } finally {
            // Brokers that have not answered by now are not waited for.
            admin.close(Duration.ZERO);
        }
        return limits;
    }

    private void ask(Admin admin, Collection<ConfigResource> resources, Map<String, OptionalLong> limits) {
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer :
                admin.describeConfigs(resources).values().entrySet()) {
            String topic = answer.getKey().name();
            try {
                Config config = answer.getValue().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
                limits.put(
                        topic,
                        OptionalLong.of(Long.parseLong(
                                config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value())));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    limits.put(topic, OptionalLong.empty());
                } else {
                    log.info("Kafka does not describe topic '{}': {}", topic, String.valueOf(e.getCause()));
                }
            } catch (TimeoutException e) {
                log.info("Kafka did not describe topic '{}' within {}", topic, timeout);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
