package dev.outbox.consumer.internal.container;

import dev.outbox.consumer.InboxContainerCustomizer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/**
 * Creates the containers that poll Kafka for the inbox and pass the polled records to it. The listener commits the offsets.
 *
 * <p>It does not use the listener container factory of the service, because the error handler, acknowledge mode or filter of
 * that factory could commit the offset of an event that was not handled.
 */
public final class InboxContainers {

    /** A poll must end before a pause does, and a short poll costs little. */
    private static final Duration SHORTEST_POLL = Duration.ofMillis(5);

    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private final ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory;
    private final String group;
    private final Duration firstPause;
    private final List<InboxContainerCustomizer> customizers;

    /**
     * @param factory creates them; it is configured with nothing but the application context, to which they publish events
     * @param consumers connects them to Kafka
     * @param group the consumer group of the service
     * @param firstPause shortest time that a partition waits
     * @param customizers have the last word
     */
    public InboxContainers(
            ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory,
            ConsumerFactory<byte[], byte[]> consumers,
            String group,
            Duration firstPause,
            List<InboxContainerCustomizer> customizers) {
        this.factory = factory;
        factory.setConsumerFactory(consumers);
        this.group = group;
        this.firstPause = firstPause;
        this.customizers = customizers;
    }

    /** {@return the consumer group of the service, which is also the name of its consumer in the inbox} */
    public String group() {
        return group;
    }

    /**
     * {@return a container that is not started yet}
     *
     * @param name the name of its bean
     * @param consumer its consumer group
     * @param topics the topics that it polls
     * @param concurrency how many threads share the partitions
     * @param delivery handles the records
     */
    public ConcurrentMessageListenerContainer<byte[], byte[]> create(
            String name, String consumer, Collection<String> topics, int concurrency, InboxDelivery delivery) {
        PartitionPauses pauses = new PartitionPauses(System::nanoTime);
        InboxListener listener = new InboxListener(delivery, pauses, firstPause);
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                factory.createContainer(topics.toArray(String[]::new));
        container.setBeanName(name);
        container.setConcurrency(concurrency);
        container.setCommonErrorHandler(new InboxErrorHandler(pauses, firstPause));
        ContainerProperties properties = container.getContainerProperties();
        properties.setGroupId(consumer);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setPollTimeout(pollTimeout().toMillis());
        properties.setConsumerRebalanceListener(listener);
        container.setupMessageListener(listener);
        customizers.forEach(customizer -> customizer.customize(container));
        container.setBatchInterceptor(new Redelivery(listener, container.getBatchInterceptor()));
        return container;
    }

    private Duration pollTimeout() {
        Duration half = firstPause.dividedBy(2);
        if (half.compareTo(SHORTEST_POLL) < 0) {
            return SHORTEST_POLL;
        }
        return half.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : half;
    }
}
