package dev.outbox.relay.internal.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The configuration of a producer that keeps the order.
 *
 * <ul>
 *   <li>Idempotent, {@code acks=all}: retries do not create duplicates, and an acknowledged record is on all in-sync
 *       replicas.
 *   <li>One request in flight. With more, order would be safe only if the broker already knew the producer: a partition
 *       accepts the first batch of a new producer whatever its sequence number. So when the first request is refused, even
 *       if only because a leader is being elected, the second one is accepted, and the first follows later or never.
 *   <li>No limit on retries: trouble that may pass is retried inside the client for ever. If it surfaced as a failure of one
 *       record, the client would go on with the next one. This also closes the only gap that closing a producer from its
 *       callback leaves: batches drained in the same pass as an expired one.
 *   <li>A partition chosen by key, by Kafka's own partitioner, because the order of a key is the order of its partition; and
 *       no interceptor, because it could change the key or the record.
 * </ul>
 *
 * Only those of the user's settings are taken that none of this relies on; see {@link KafkaSettings}. Batches are large and
 * do not linger, unless the user configures it: they fill up by themselves while a request is in flight.
 */
final class KafkaProducerRecipe {

    private static final int MAX_IN_FLIGHT = 1;
    private static final long BUFFER_MEMORY = 64L * 1024 * 1024;
    private static final int BATCH_SIZE = 128 * 1024;
    private static final String CLIENT_ID = "outbox-relay";

    private final Map<String, Object> configuration;
    private final Map<String, Object> admin;
    private final long maxRecordSize;

    KafkaProducerRecipe(Map<String, Object> userConfiguration, Duration maxBlock) {
        Map<String, Object> recipe = new HashMap<>(new KafkaSettings(userConfiguration).producer());
        recipe.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        recipe.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_SIZE);
        recipe.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_MEMORY);
        // In an outage the client would drop what it knows of its topics, and then fail instead of waiting.
        recipe.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        // Not the id itself: the service's own producer has it, and the metrics of the two would collide.
        recipe.merge(ProducerConfig.CLIENT_ID_CONFIG, CLIENT_ID, (users, ours) -> users + "-" + ours);
        recipe.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        recipe.put(ProducerConfig.ACKS_CONFIG, "all");
        recipe.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, MAX_IN_FLIGHT);
        recipe.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        recipe.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        recipe.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlock.toMillis());
        recipe.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        recipe.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        this.configuration = Map.copyOf(recipe);
        this.admin = new KafkaSettings(recipe).admin();
        this.maxRecordSize = Math.min(
                KafkaSettings.number(recipe, ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                KafkaSettings.number(recipe, ProducerConfig.BUFFER_MEMORY_CONFIG));
    }

    Producer<byte[], byte[]> newProducer() {
        return new KafkaProducer<>(configuration);
    }

    /** {@return settings of a client that asks about topics} */
    Map<String, Object> admin() {
        return admin;
    }

    /** {@return the largest record that the producer accepts, in bytes} */
    long maxRecordSize() {
        return maxRecordSize;
    }

    List<?> bootstrapServers() {
        return configuration.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG) instanceof List<?> servers
                ? servers
                : List.of(String.valueOf(configuration.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)));
    }
}
