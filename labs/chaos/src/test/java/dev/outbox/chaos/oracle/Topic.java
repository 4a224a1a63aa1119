package dev.outbox.chaos.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.outbox.chaos.Landscape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The topic of a run. */
public final class Topic {

    /** Between the largest batch of the relay and {@link dev.outbox.chaos.process.Relays#MAX_REQUEST_SIZE}. */
    public static final int MAX_MESSAGE_BYTES = 160_000;

    /** So many it has. */
    public static final int PARTITIONS = 6;

    private static final Duration READ_WITHIN = Duration.ofMinutes(2);

    private final JsonMapper json = new JsonMapper();
    private final Landscape landscape;

    public Topic(Landscape landscape) {
        this.landscape = landscape;
    }

    /** Makes it. */
    public void create() {
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(landscape.topic(), Optional.of(PARTITIONS), Optional.empty())
                    .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES)));
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Topic could not be made: " + landscape.topic(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while making a topic", e);
        }
    }

    /** {@return whether a consumer group has committed the present end of each partition} */
    public boolean isConsumedBy(String group) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(landscape.topic(), partition))
                    .collect(toMap(Function.identity(), partition -> OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get().entrySet().stream().allMatch(end -> {
                OffsetAndMetadata offset = committed.get(end.getKey());
                return offset != null && offset.offset() >= end.getValue().offset();
            });
        }
    }

    /** {@return all records from the beginning to the present end, those of a partition in their order} */
    public List<Occurrence> read() {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, landscape.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(landscape.topic()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            List<Occurrence> records = new ArrayList<>();
            long deadline = System.nanoTime() + READ_WITHIN.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("%s could not be read within %s; its ends are %s"
                            .formatted(landscape.topic(), READ_WITHIN, ends));
                }
                consumer.poll(Duration.ofMillis(200)).forEach(record -> records.add(occurrence(record)));
            }
            return records;
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, landscape.bootstrapServers()));
    }

    private Occurrence occurrence(ConsumerRecord<String, byte[]> record) {
        JsonNode event = json.readTree(record.value());
        return new Occurrence(
                record.key(),
                event.get("number").asLong(),
                Long.parseLong(
                        new String(record.headers().lastHeader("ce_sequence").value(), UTF_8)),
                UUID.fromString(event.get("change").asString()));
    }
}
