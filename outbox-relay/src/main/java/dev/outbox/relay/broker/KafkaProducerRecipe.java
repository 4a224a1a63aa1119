package dev.outbox.relay.broker;

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
 * The producer whose order can be relied upon.
 *
 * <ul>
 *   <li>Idempotent, {@code acks=all}: retries do not double, and an acknowledged record is on all in-sync replicas.
 *   <li>One request in flight. More would be in order only where the broker knows the producer already: a partition
 *       takes the first batch of a new producer whatever its sequence number. So when the first request is refused, be
 *       it only because a leader is being elected, the second one is accepted, and the first follows later or never.
 *   <li>Infinite patience: trouble that may pass is retried for ever inside the client. Were it to surface as a failure
 *       of one record, the client would go on with the next one. It also closes the one hole of closing a producer from
 *       its callback: batches drained in the same pass as an expired one.
 *   <li>A partition chosen by key, by Kafka's own partitioner, for the order of a key is the order of its partition; and
 *       no interceptor between, which could change the key, or the record.
 * </ul>
 *
 * Of the user's settings only those are taken that none of this rests on; see {@link KafkaSettings}. Batches are large
 * and do not linger, unless the user says so: while a request is in flight, they fill by themselves.
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
        // Not the id itself: the service's own producer has it, and metrics of the two would collide.
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

    /** {@return the largest record that the producer takes, in bytes} */
    long maxRecordSize() {
        return maxRecordSize;
    }

    List<?> bootstrapServers() {
        return configuration.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG) instanceof List<?> servers
                ? servers
                : List.of(String.valueOf(configuration.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)));
    }
}
