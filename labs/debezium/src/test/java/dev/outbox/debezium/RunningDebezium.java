package dev.outbox.debezium;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.relay.debezium.DebeziumConnector;
import dev.outbox.schema.OutboxTables;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;

/**
 * Debezium with the configuration that we generate. What a worker of Kafka Connect adds is here: the place of the offsets, the
 * password, the converters, and a producer.
 */
final class RunningDebezium
        implements DebeziumEngine.ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>>, AutoCloseable {

    private final ConnectConverters converters;
    private final Producer<byte[], byte[]> producer;
    private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private RunningDebezium(Map<String, String> config, Properties worker) {
        this.converters = new ConnectConverters(config);
        // As the producers of Kafka Connect.
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        TestBroker.bootstrapServers(),
                        "acks",
                        "all",
                        "max.in.flight.requests.per.connection",
                        1,
                        "delivery.timeout.ms",
                        Integer.MAX_VALUE),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.engine = DebeziumEngine.create(Connect.class)
                .using(worker)
                .using((success, message, error) -> {
                    if (success) {
                        end.complete(null);
                    } else {
                        end.completeExceptionally(new IllegalStateException(message, error));
                    }
                })
                .notifying(this)
                .build();
    }

    /**
     * Starts it on a database.
     *
     * @param offsets keeps how far it has come
     * @param changed settings that differ from the generated ones
     */
    static RunningDebezium start(MigratedDatabase database, Path offsets, Map<String, String> changed) {
        DebeziumConnector connector = connector(database);
        Properties worker = new Properties();
        worker.putAll(connector.config());
        worker.setProperty("name", connector.name());
        worker.setProperty("database.password", database.password());
        worker.setProperty("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
        worker.setProperty("offset.storage.file.filename", offsets.toString());
        worker.setProperty("offset.flush.interval.ms", "200");
        // Wanted, and not used.
        worker.setProperty("bootstrap.servers", TestBroker.bootstrapServers());
        worker.putAll(changed);
        RunningDebezium running = new RunningDebezium(connector.config(), worker);
        running.thread.execute(running.engine);
        return running;
    }

    static DebeziumConnector connector(MigratedDatabase database) {
        return DebeziumConnector.of(database.jdbcUrl(), database.user(), OutboxTables.ON_SEARCH_PATH, null, null);
    }

    /** Fails if it has ended by itself. */
    void assertRunning() {
        if (end.isDone()) {
            end.join();
            throw new IllegalStateException("Debezium has ended");
        }
    }

    @Override
    public void handleBatch(
            List<ChangeEvent<SourceRecord, SourceRecord>> batch,
            RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
            throws InterruptedException {
        List<Future<RecordMetadata>> acks = new ArrayList<>();
        for (ChangeEvent<SourceRecord, SourceRecord> change : batch) {
            acks.add(producer.send(converters.convert(change.value())));
        }
        for (int i = 0; i < acks.size(); i++) {
            await(acks.get(i));
            committer.markProcessed(batch.get(i));
        }
        committer.markBatchFinished();
    }

    private static void await(Future<RecordMetadata> ack) throws InterruptedException {
        try {
            ack.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker has refused a record", e);
        }
    }

    @Override
    public void close() throws IOException {
        engine.close();
        thread.shutdown();
        Awaitility.await().atMost(Patience.LIMIT).until(thread::isTerminated);
        producer.close();
    }
}
