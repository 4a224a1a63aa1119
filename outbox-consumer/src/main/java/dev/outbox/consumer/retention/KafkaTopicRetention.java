package dev.outbox.consumer.retention;

import dev.outbox.consumer.internal.broker.AdminSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker, with a client that lives only as long as the question. */
final class KafkaTopicRetention implements TopicRetention {

    private final Map<String, Object> configuration;
    private final Duration timeout;

    KafkaTopicRetention(Map<String, Object> configuration, Duration timeout) {
        this.configuration = Map.copyOf(configuration);
        this.timeout = timeout;
    }

    /**
     * {@return an instance that asks the broker that the consumers read from, as the same user, however they are configured}
     *
     * @param consumers the settings of the consumers
     */
    static KafkaTopicRetention ofConsumers(Map<String, Object> consumers, Duration timeout) {
        return new KafkaTopicRetention(AdminSettings.ofConsumers(consumers), timeout);
    }

    @Override
    public Map<String, Duration> of(Set<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Duration> answer = new HashMap<>();
        Admin admin = client();
        try {
            for (Map.Entry<ConfigResource, KafkaFuture<Config>> said :
                    admin.describeConfigs(resources).values().entrySet()) {
                ask(said.getKey().name(), said.getValue(), answer);
            }
        } finally {
            admin.close(Duration.ZERO);
        }
        return answer;
    }

    @Override
    public Set<String> matching(Pattern pattern) {
        Admin admin = client();
        try {
            return admin.listTopics().names().get(timeout.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .filter(topic -> pattern.matcher(topic).matches())
                    .collect(Collectors.toSet());
        } catch (ExecutionException | TimeoutException failed) {
            throw new TopicsUnknownException("Kafka does not list its topics", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TopicsUnknownException("Interrupted while Kafka was asked about its topics", interrupted);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private Admin client() {
        try {
            return Admin.create(configuration);
        } catch (KafkaException refused) {
            throw new TopicsUnknownException("Kafka cannot be asked about its topics", refused);
        }
    }

    private void ask(String topic, KafkaFuture<Config> said, Map<String, Duration> answer) {
        try {
            answer.put(topic, longestDelivery(said.get(timeout.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new TopicsUnknownException("Kafka does not describe topic '%s'".formatted(topic), failed);
            }
        } catch (TimeoutException silent) {
            throw new TopicsUnknownException(
                    "Kafka did not describe topic '%s' within %s".formatted(topic, timeout), silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TopicsUnknownException("Interrupted while Kafka was asked about its topics", interrupted);
        }
    }

    /** A record is deleted with its segment, once the newest record in the segment is old enough. */
    private static Duration longestDelivery(Config config) {
        long retention = number(config, TopicConfig.RETENTION_MS_CONFIG);
        boolean compacted =
                text(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        boolean deleted = text(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_DELETE);
        if (retention < 0 || (compacted && !deleted)) {
            return UNLIMITED;
        }
        return Duration.ofMillis(retention).plusMillis(number(config, TopicConfig.SEGMENT_MS_CONFIG));
    }

    private static long number(Config config, String name) {
        return Long.parseLong(text(config, name));
    }

    private static String text(Config config, String name) {
        return Objects.requireNonNull(config.get(name).value(), name);
    }
}
