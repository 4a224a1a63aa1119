package dev.outbox.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.producer.internal.write.OutboxWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Commits transactions with events of twenty aggregates, one after the other, until it is stopped. */
final class Writers implements AutoCloseable {

    private static final int AGGREGATES = 20;

    private final OutboxWriter writer;
    private final TransactionTemplate transactions;
    private final String topic;
    private final CompletableFuture<Integer> written;
    private volatile boolean stopping;

    Writers(DataSource dataSource, String topic) {
        this.writer = OutboxWriter.postgres(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.topic = topic;
        this.written = CompletableFuture.supplyAsync(() -> {
            int events = 0;
            while (!stopping) {
                events += commit();
            }
            return events;
        });
    }

    /** {@return how many events the one transaction has that this commits} */
    int commit() {
        List<EventEnvelope> events = IntStream.range(0, AGGREGATES)
                .mapToObj(aggregate -> new EventEnvelope(
                        UUID.randomUUID(),
                        new EventType("Happened", 1),
                        new AggregateRef("Thing", "thing-" + aggregate),
                        topic,
                        "/things",
                        Instant.EPOCH,
                        EventPayload.json("{}".getBytes(UTF_8)),
                        Map.of()))
                .toList();
        transactions.executeWithoutResult(status -> writer.append(events));
        return events.size();
    }

    /** {@return how many events have been committed by the load, which this ends} */
    int stop() {
        stopping = true;
        return written.join();
    }

    @Override
    public void close() {
        stopping = true;
        written.join();
    }
}
