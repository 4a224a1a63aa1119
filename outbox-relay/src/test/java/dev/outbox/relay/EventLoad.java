package dev.outbox.relay;

import dev.outbox.event.EventEnvelope;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Commits transactions with events of all aggregates, one after the other, until it is stopped. */
final class EventLoad implements AutoCloseable {

    private static final int AGGREGATES = 100;

    private final DataSource dataSource;
    private final String topic;
    private final CompletableFuture<Integer> events;
    private volatile boolean stopping;

    EventLoad(DataSource dataSource, String topic) {
        this.dataSource = dataSource;
        this.topic = topic;
        this.events = CompletableFuture.supplyAsync(this::commitUntilStopped);
    }

    /**
     * Ends the load.
     *
     * @return how many events have been committed
     */
    int stop() throws ExecutionException, InterruptedException {
        stopping = true;
        return events.get();
    }

    @Override
    public void close() {
        stopping = true;
    }

    private int commitUntilStopped() {
        int committed = 0;
        while (!stopping) {
            List<EventEnvelope> transaction = IntStream.range(committed, committed + 10)
                    .mapToObj(number -> TestEvents.event(topic, "aggregate-" + number % AGGREGATES))
                    .toList();
            try {
                OutboxTransaction.commit(dataSource, transaction);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            committed += transaction.size();
        }
        return committed;
    }
}
