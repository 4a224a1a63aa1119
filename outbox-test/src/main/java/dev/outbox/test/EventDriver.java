package dev.outbox.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.GenericMessageListener;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Delivers events to the handlers of the service without a broker: through the same inbox, in the same transactions, with
 * the same upcasters as when they come from Kafka. When {@link #deliver} returns, what the handlers did is committed.
 *
 * <pre>{@code
 * EventOnTopic reserved = driver.event(new StockReserved(orderId));
 * driver.deliver(reserved, reserved);                                  // twice
 * driver.deliver(driver.event("OrderPlaced", 1, orderId, oldJson));    // in an old version
 * }</pre>
 *
 * <p>For the thread of the test.
 *
 * @since 0.1.0
 */
public final class EventDriver {

    private final HandlerContainers containers;
    private final TestEvents events;
    private final AtomicLong offsets = new AtomicLong();

    EventDriver(HandlerContainers containers, TestEvents events) {
        this.containers = containers;
        this.events = events;
    }

    /**
     * {@return a new event as its producer would send it in the version of its class}
     *
     * @param event an object of a class that is declared by {@code @DomainEvent} and marks its aggregate id
     */
    public EventOnTopic event(Object event) {
        return events.of(event);
    }

    /**
     * {@return a new event as its producer would send it in any version}
     *
     * @param type name of the type, which some class of the service declares
     * @param version version of the payload
     * @param key id of the aggregate
     * @param json the payload
     */
    public EventOnTopic event(String type, int version, Object key, String json) {
        return events.of(type, version, key.toString(), json);
    }

    /** Delivers new events, one after the other. */
    public void deliver(Object... declaredEvents) {
        deliver(Arrays.stream(declaredEvents)
                .map(event -> event instanceof EventOnTopic sent ? sent : event(event))
                .toArray(EventOnTopic[]::new));
    }

    /**
     * Delivers events one after the other, in this order.
     *
     * @throws AssertionError if nothing in the service listens to a topic, or if an event was not handled because a handler
     *     failed and it would be tried again; the log says why
     */
    public void deliver(EventOnTopic... sent) {
        for (EventOnTopic event : sent) {
            Collection<GenericMessageListener<?>> listeners = listenersOf(event.topic());
            if (listeners.isEmpty()) {
                throw new AssertionError("No @DomainEventHandler of this service listens to %s, the topic of %s"
                        .formatted(event.topic(), event));
            }
            listeners.forEach(listener -> deliver(event, listener));
        }
    }

    private Collection<GenericMessageListener<?>> listenersOf(String topic) {
        List<GenericMessageListener<?>> listeners = new ArrayList<>();
        containers.all().forEach(container -> {
            String[] topics = container.getContainerProperties().getTopics();
            if (topics != null && Arrays.asList(topics).contains(topic)) {
                listeners.add((GenericMessageListener<?>)
                        container.getContainerProperties().getMessageListener());
            }
        });
        return listeners;
    }

    @SuppressWarnings("unchecked") // a listener of the inbox takes bytes, one record or several
    private void deliver(EventOnTopic event, GenericMessageListener<?> listener) {
        ConsumerRecord<byte[], byte[]> delivered = new ConsumerRecord<>(
                event.topic(), 0, offsets.getAndIncrement(), event.keyBytes(), event.payloadBytes());
        event.addHeadersTo(delivered.headers());
        Object data = listener instanceof BatchMessageListener ? List.of(delivered) : delivered;
        GenericMessageListener<Object> target = (GenericMessageListener<Object>) listener;
        switch (ListenerUtils.determineListenerType(listener)) {
            case SIMPLE -> target.onMessage(data);
            case ACKNOWLEDGING -> target.onMessage(data, new Acknowledged());
            case CONSUMER_AWARE -> withConsumer(event, delivered, consumer -> target.onMessage(data, consumer));
            case ACKNOWLEDGING_CONSUMER_AWARE ->
                withConsumer(event, delivered, consumer -> target.onMessage(data, new Acknowledged(), consumer));
        }
    }

    /** A listener that commits offsets itself shows by them which records it has finished. */
    private static void withConsumer(
            EventOnTopic event,
            ConsumerRecord<byte[], byte[]> delivered,
            Consumer<MockConsumer<byte[], byte[]>> listener) {
        TopicPartition partition = new TopicPartition(delivered.topic(), delivered.partition());
        try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest")) {
            consumer.assign(List.of(partition));
            consumer.updateBeginningOffsets(new HashMap<>(Map.of(partition, delivered.offset())));
            listener.accept(consumer);
            var committed = consumer.committed(Set.of(partition)).get(partition);
            if (committed == null || committed.offset() <= delivered.offset()) {
                throw new AssertionError("%s was not handled; the log says why".formatted(event));
            }
        }
    }

    private static final class Acknowledged implements Acknowledgment {

        @Override
        public void acknowledge() {
            // The offset does not matter without a broker.
        }
    }
}
