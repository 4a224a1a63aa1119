package dev.outbox.relay.internal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.internal.failure.Causes;
import dev.outbox.relay.broker.GroupLag;
import dev.outbox.relay.broker.GroupProgress;
import dev.outbox.relay.broker.PublishedRecords;
import dev.outbox.relay.broker.RecordSearch;
import dev.outbox.relay.broker.RecordSearch.Found;
import dev.outbox.relay.broker.RecordSearch.NotFound;
import dev.outbox.relay.broker.RecordSearch.NotKnown;
import dev.outbox.relay.internal.pace.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Searches the partition of the key first, and then the others, because a topic may have had another number of partitions. The
 * timestamp of a record is that of the relay or the broker, and the time of an event that of a service, whose clock may be ahead.
 */
final class KafkaPublishedRecords implements PublishedRecords {

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(3);
    private static final int FETCH_WAITS_MILLIS = 10;
    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final long LONGEST_SEARCH_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MOST_RECORDS = 100_000;

    private final BrokerSettings broker;
    private final Ticker ticker;

    KafkaPublishedRecords(BrokerSettings broker, Ticker ticker) {
        this.broker = broker;
        this.ticker = ticker;
    }

    @Override
    public RecordSearch find(EventEnvelope event) {
        Map<String, Object> settings = new HashMap<>(broker.admin());
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(ANSWERED_WITHIN.toMillis()));
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(ANSWERED_WITHIN.toMillis()));
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // The client fetches ahead, and is closed only when that is answered: else half a second after the record was
        // found.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAITS_MILLIS);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return find(event, consumer);
        } catch (KafkaException e) {
            return new NotKnown(
                    "Kafka does not say what is in topic %s: %s".formatted(event.topic(), Causes.inOneLine(e)));
        }
    }

    private RecordSearch find(EventEnvelope event, Consumer<byte[], byte[]> consumer) {
        long began = ticker.nanos();
        List<TopicPartition> partitions = partitions(event, consumer);
        if (partitions.isEmpty()) {
            return new NotKnown("There is no topic %s, or the relay may not describe it".formatted(event.topic()));
        }
        Map<TopicPartition, Long> from = new HashMap<>();
        partitions.forEach(
                partition -> from.put(partition, event.time().minus(AHEAD).toEpochMilli()));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = new HashMap<>(consumer.offsetsForTimes(from));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        byte[] id = event.id().toString().getBytes(UTF_8);
        long looked = 0;
        consumer.assign(partitions);
        consumer.pause(partitions);
        for (TopicPartition partition : partitions) {
            @Nullable OffsetAndTimestamp start = starts.get(partition);
            if (start == null) {
                continue;
            }
            long end = ends.getOrDefault(partition, 0L);
            consumer.seek(partition, start.offset());
            consumer.resume(List.of(partition));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    looked++;
                    Header found = record.headers().lastHeader(EventHeaders.ID);
                    if (found != null && Arrays.equals(found.value(), id)) {
                        return new Found(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                Instant.ofEpochMilli(record.timestamp()));
                    }
                }
                if (looked >= MOST_RECORDS || ticker.nanos() - began > LONGEST_SEARCH_NANOS) {
                    return new NotFound(looked, false);
                }
            }
            consumer.pause(List.of(partition));
        }
        return new NotFound(looked, true);
    }

    private static List<TopicPartition> partitions(EventEnvelope event, Consumer<byte[], byte[]> consumer) {
        List<PartitionInfo> known = consumer.partitionsFor(event.topic());
        if (known.isEmpty()) {
            return List.of();
        }
        int first = BuiltInPartitioner.partitionForKey(event.aggregate().id().getBytes(UTF_8), known.size());
        List<TopicPartition> partitions = new ArrayList<>();
        partitions.add(new TopicPartition(event.topic(), first));
        known.stream()
                .map(PartitionInfo::partition)
                .filter(partition -> partition != first)
                .sorted()
                .forEach(partition -> partitions.add(new TopicPartition(event.topic(), partition)));
        return partitions;
    }

    @Override
    public List<GroupProgress> readers(Found record) {
        return new KafkaGroups(broker).readers(record);
    }

    @Override
    public List<GroupLag> lags(Collection<String> topics) {
        return new KafkaGroups(broker).lags(topics);
    }
}
