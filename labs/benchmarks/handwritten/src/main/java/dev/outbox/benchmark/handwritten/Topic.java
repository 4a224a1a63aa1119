package dev.outbox.benchmark.handwritten;

import dev.outbox.benchmark.contender.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer: idempotent, {@code acks=all}, batches of 128 KB that do not linger, five requests in flight,
 * which keep order while nothing fails.
 */
final class Topic implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final Function<Row, ProducerRecord<byte[], byte[]>> message;

    /**
     * @param message what is sent of a row
     */
    Topic(Settings settings, Function<Row, ProducerRecord<byte[], byte[]>> message) {
        this.message = message;
        this.producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L * 1024 * 1024,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class));
    }

    List<Future<RecordMetadata>> send(List<Row> rows) {
        List<Future<RecordMetadata>> acks = new ArrayList<>(rows.size());
        for (Row row : rows) {
            acks.add(producer.send(message.apply(row)));
        }
        return acks;
    }

    static void await(List<Future<RecordMetadata>> acks) throws InterruptedException {
        for (Future<RecordMetadata> ack : acks) {
            try {
                ack.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The broker refused a record", e);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
