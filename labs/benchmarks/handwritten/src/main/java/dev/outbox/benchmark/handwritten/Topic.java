package dev.outbox.benchmark.handwritten;

import dev.outbox.benchmark.contender.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Where rows are sent. */
final class Topic implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final Function<Row, ProducerRecord<byte[], byte[]>> message;

    /**
     * @param message what is sent of a row
     */
    Topic(Settings settings, Function<Row, ProducerRecord<byte[], byte[]>> message) {
        this.message = message;
        this.producer = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
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
