package dev.outbox.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic of a contender. While a backlog is drained only its end is asked for: a consumer would take CPU that the
 * contender could use.
 */
final class Topic implements AutoCloseable {

    private static final int LOOK_EVERY_MILLIS = 2;

    private final String bootstrapServers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    Topic(String name, String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.consumer = newConsumer();
        // Not asked for: a broker may know a topic that was just made without its partitions.
        this.partitions = IntStream.range(0, Servers.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    /** {@return how many records there have ever been} */
    long end() {
        return ends().values().stream().mapToLong(Long::longValue).sum();
    }

    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /** {@return the end when it was reached, or when the time was up} */
    long awaitEnd(long wanted, Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        long end = end();
        while (end < wanted && System.nanoTime() - start < atMost.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            end = end();
        }
        return end;
    }

    /** {@return a reader of what comes behind the given ends} */
    TopicReader readFrom(Map<TopicPartition, Long> offsets) {
        return new TopicReader(newConsumer(), offsets);
    }

    private KafkaConsumer<byte[], byte[]> newConsumer() {
        return new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
