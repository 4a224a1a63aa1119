package dev.outbox.test;

import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests a service with a real broker, from an incoming event or a command to the events that the service sends:
 *
 * <pre>{@code
 * scenario.send(scenario.event(new OrderPlaced(id, ...)));
 * StockReserved answer = scenario.await(StockReserved.class, event -> event.orderId().equals(id));
 * }</pre>
 *
 * <p>Sends and reads with the service's own connection to Kafka, in no consumer group. For use by the test's thread only.
 *
 * @since 0.1.0
 */
public final class EventScenario {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final ProducerFactory<byte[], byte[]> producers;
    private final ConsumerFactory<byte[], byte[]> consumers;
    private final TestEvents events;
    private final JsonMapper mapper;

    EventScenario(
            Map<String, Object> producerSettings,
            Map<String, Object> consumerSettings,
            TestEvents events,
            JsonMapper mapper) {
        this.producers = new DefaultKafkaProducerFactory<>(
                producerSettings, new ByteArraySerializer(), new ByteArraySerializer());
        this.consumers = new DefaultKafkaConsumerFactory<>(
                consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.events = events;
        this.mapper = mapper;
    }

    /**
     * {@return a new event as its producer would send it in the version of its class; see {@link EventDriver#event(Object)}}
     */
    public EventOnTopic event(Object event) {
        return events.of(event);
    }

    /**
     * {@return a new event as its producer would send it in any version; see {@link EventDriver#event(String, int, Object,
     * String)}}
     */
    public EventOnTopic event(String type, int version, Object key, String json) {
        return events.of(type, version, key.toString(), json);
    }

    /**
     * Sends the event, and returns when the broker has it.
     *
     * @throws IllegalStateException if the broker does not accept it
     */
    public void send(EventOnTopic event) {
        try (Producer<byte[], byte[]> producer = producers.createProducer()) {
            ProducerRecord<byte[], byte[]> sent =
                    new ProducerRecord<>(event.topic(), event.keyBytes(), event.payloadBytes());
            event.addHeadersTo(sent.headers());
            Future<RecordMetadata> answer = producer.send(sent);
            producer.flush();
            answer.get();
        } catch (ExecutionException refused) {
            throw new IllegalStateException("%s could not be sent".formatted(event), refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while %s was sent".formatted(event), interrupted);
        }
    }

    /**
     * Waits until the topic of the class holds an event for which the condition is true.
     *
     * @return the first such event
     * @throws AssertionError if there is none after half a minute
     */
    public <T> T await(Class<T> type, Predicate<T> condition) {
        return await(type, condition, 1).get(0);
    }

    /**
     * Waits until the topic of the class holds several records of events for which the condition is true: a relay that
     * crashes sends some a second time.
     *
     * @param records how many to wait for
     * @return the event of each, in the order of the topic
     * @throws AssertionError if there are fewer after half a minute
     */
    public <T> List<T> await(Class<T> type, Predicate<T> condition, int records) {
        EventType declared = events.declared(type).eventType();
        String topic = events.declared(type).topic();
        List<T> found = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Consumer<byte[], byte[]> consumer = consumers.createConsumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (found.size() < records) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("%d of %d expected records of %s arrived on %s within %s"
                            .formatted(found.size(), records, declared, topic, PATIENCE));
                }
                for (ConsumerRecord<byte[], byte[]> kafkaRecord : consumer.poll(POLL)) {
                    if (isOf(declared, kafkaRecord)) {
                        T event = mapper.readValue(kafkaRecord.value(), type);
                        if (condition.test(event)) {
                            found.add(event);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static boolean isOf(EventType type, ConsumerRecord<?, ?> kafkaRecord) {
        return header(kafkaRecord, EventHeaders.TYPE).equals(type.name())
                && header(kafkaRecord, EventHeaders.DATA_VERSION).equals(Integer.toString(type.version()));
    }

    private static String header(ConsumerRecord<?, ?> kafkaRecord, String name) {
        Header header = kafkaRecord.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
