package dev.outbox.benchmark.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outbox.benchmark.contender.Settings;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Sends a batch, waits for all acks, marks the batch: what Debezium Server does. */
final class KafkaSink implements DebeziumEngine.ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>>, AutoCloseable {

    private final Producer<byte[], byte[]> producer;

    KafkaSink(Settings settings) {
        this.producer = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void handleBatch(
            List<ChangeEvent<SourceRecord, SourceRecord>> batch,
            RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
            throws InterruptedException {
        List<Future<RecordMetadata>> acks = new ArrayList<>(batch.size());
        for (ChangeEvent<SourceRecord, SourceRecord> event : batch) {
            acks.add(producer.send(message(event.value())));
        }
        for (int i = 0; i < batch.size(); i++) {
            await(acks.get(i));
            committer.markProcessed(batch.get(i));
        }
        committer.markBatchFinished();
    }

    private static ProducerRecord<byte[], byte[]> message(SourceRecord record) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(record.topic(), bytes(record.key()), bytes(record.value()));
        for (Header header : record.headers()) {
            message.headers().add(header.key(), bytes(header.value()));
        }
        return message;
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return value == null ? null : value.toString().getBytes(UTF_8);
    }

    private static void await(Future<RecordMetadata> ack) throws InterruptedException {
        try {
            ack.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker refused a record", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
