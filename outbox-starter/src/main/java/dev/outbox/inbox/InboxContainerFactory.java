package dev.outbox.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Makes the container that polls Kafka for the inbox, record by record: the offset of a record is committed after the
 * listener has returned for it, and a record for which it throws is delivered again before any later one.
 *
 * <p>It does not build on the listener container factory of the service, whose error handler, acknowledge mode or filter
 * could commit the offset of an event that was not handled.
 */
final class InboxContainerFactory {

    /** Kafka's own default of max.poll.interval.ms. */
    private static final long DEFAULT_MAX_POLL_INTERVAL = 300_000;

    private final ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory;
    private final ConsumerFactory<byte[], byte[]> consumers;
    private final String group;
    private final InboxProperties properties;
    private final List<InboxContainerCustomizer> customizers;

    InboxContainerFactory(
            ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory,
            ConsumerFactory<byte[], byte[]> consumers,
            String group,
            InboxProperties properties,
            List<InboxContainerCustomizer> customizers) {
        this.factory = factory;
        this.consumers = consumers;
        factory.setConsumerFactory(consumers);
        this.group = group;
        this.properties = properties;
        this.customizers = customizers;
    }

    /** {@return the consumer group, which is also the name of the consumer in the inbox} */
    String group() {
        return group;
    }

    /**
     * {@return a container that is not started}
     *
     * @param handledTopics where the events come from that have a handler; the settings may name others instead
     * @throws InvalidInboxException if the pauses between attempts are too long for Kafka
     */
    ConcurrentMessageListenerContainer<byte[], byte[]> create(
            String name, Collection<String> handledTopics, InboxListener listener) {
        requirePollsInTime();
        Collection<String> topics = properties.topics().isEmpty() ? handledTopics : properties.topics();
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                factory.createContainer(topics.toArray(String[]::new));
        container.setBeanName(name);
        container.setConcurrency(properties.concurrency());
        container.setCommonErrorHandler(new InboxErrorHandler(properties.retry()));
        container.getContainerProperties().setGroupId(group);
        container.getContainerProperties().setStopImmediate(true);
        container.setupMessageListener(listener);
        customizers.forEach(customizer -> customizer.customize(container));
        return container;
    }

    /** The broker takes the partitions away from a consumer that does not poll in time, and so every retry with them. */
    private void requirePollsInTime() {
        Map<String, Object> settings = consumers.getConfigurationProperties();
        Object configured =
                settings.getOrDefault(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, DEFAULT_MAX_POLL_INTERVAL);
        Duration maxPollInterval = Duration.ofMillis(Long.parseLong(configured.toString()));
        Duration longestPause = properties.retry().maxInterval();
        if (longestPause.multipliedBy(2).compareTo(maxPollInterval) > 0) {
            throw new InvalidInboxException(
                    "outbox.inbox.retry.max-interval is %s, more than half of the consumer's max.poll.interval.ms of %s: a"
                                    .formatted(longestPause, maxPollInterval)
                            + " consumer that waits so long loses its partitions",
                    "Shorten outbox.inbox.retry.max-interval, or raise max.poll.interval.ms in"
                            + " spring.kafka.consumer.properties.");
        }
    }
}
