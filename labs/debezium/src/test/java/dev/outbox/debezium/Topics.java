package dev.outbox.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics with several partitions from the beginning, on and on. */
final class Topics implements AutoCloseable {

    private static final int PARTITIONS = 3;

    private final KafkaConsumer<byte[], byte[]> consumer;

    private Topics(List<String> names) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestBroker.bootstrapServers(), "max.poll.records", 5000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String name : names) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(name, partition));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Creates them. */
    static Topics create(List<String> names) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        return new Topics(names);
    }

    /**
     * Reads on until there are so many different events.
     *
     * @param records the first record of each event by its id, in order; more are added
     * @param meanwhile called again and again
     */
    void read(Map<String, ConsumerRecord<byte[], byte[]>> records, int events, Runnable meanwhile) {
        long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
        while (records.size() < events) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("%d of %d events within %s".formatted(records.size(), events, Patience.LIMIT));
            }
            consumer.poll(Duration.ofMillis(100)).forEach(record -> records.putIfAbsent(id(record), record));
            meanwhile.run();
        }
    }

    /** Leaves out what is there. */
    void skip() {
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
    }

    static String id(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader(EventHeaders.ID).value(), UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
