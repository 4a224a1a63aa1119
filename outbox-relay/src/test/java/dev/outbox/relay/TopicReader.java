package dev.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning and remembers all it has seen. */
public final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    public TopicReader(String bootstrapServers, String topic) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "reader-of-" + topic,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        500),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
    }

    /** Reads until the records satisfy the condition. */
    public List<ConsumerRecord<String, byte[]>> until(Predicate<List<ConsumerRecord<String, byte[]>>> condition) {
        long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
        while (!condition.test(records)) {
            assertThat(System.nanoTime() - deadline)
                    .as("%d records (%d different) within %s", records.size(), ids().size(), Patience.LIMIT)
                    .isNegative();
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    /** Reads until there are so many different events. */
    public List<ConsumerRecord<String, byte[]>> untilEvents(int count) {
        return until(all -> ids().size() >= count);
    }

    public List<ConsumerRecord<String, byte[]>> records() {
        return records;
    }

    /** The ids of the events, in order of their first occurrence. */
    public Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        records.forEach(record -> ids.add(header(record, "ce_id")));
        return ids;
    }

    /** Each key has its first occurrences in order, from 1 on and without a gap. */
    public void assertFirstOccurrencesInOrder() {
        Map<String, List<Long>> firsts = new HashMap<>();
        Map<String, Long> seen = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (seen.put(header(record, "ce_id"), record.offset()) == null) {
                firsts.computeIfAbsent(record.key(), key -> new ArrayList<>())
                        .add(Long.valueOf(header(record, "ce_sequence")));
            }
        }
        firsts.forEach((key, sequences) -> assertThat(sequences)
                .as("first occurrences of %s", key)
                .isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList()));
    }

    public static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
