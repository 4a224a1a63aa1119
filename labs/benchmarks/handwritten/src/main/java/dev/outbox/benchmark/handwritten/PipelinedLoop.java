package dev.outbox.benchmark.handwritten;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The fast one: reads on while earlier full pages are on their way, and deletes the oldest once it is acknowledged. It
 * keeps order while nothing fails and nobody writes during a backlog: a row that is committed behind the reader is found
 * only when the backlog is done. After a refused record it ends.
 */
final class PipelinedLoop implements Loop {

    private static final int PAGE = 2_000;
    private static final int IN_FLIGHT = 8;
    private static final int PAUSE_MILLIS = 5;

    private final OutboxTable table;
    private final Topic topic;
    private final BooleanSupplier running;
    private final Deque<Page> pages = new ArrayDeque<>();
    private long after;

    PipelinedLoop(OutboxTable table, Topic topic, BooleanSupplier running) {
        this.table = table;
        this.topic = topic;
        this.running = running;
    }

    @Override
    public void run() {
        try {
            while (running.getAsBoolean()) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        List<Row> rows = table.read(after, PAGE);
        if (!rows.isEmpty()) {
            pages.addLast(new Page(rows, topic.send(rows)));
            after = rows.get(rows.size() - 1).id();
        }
        if (rows.size() == PAGE && pages.size() < IN_FLIGHT) {
            return;
        }
        settleOldest();
        if (rows.size() < PAGE) {
            while (!pages.isEmpty()) {
                settleOldest();
            }
            // From the beginning: rows may have been committed behind the reader.
            after = 0;
            if (rows.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void settleOldest() throws InterruptedException {
        Page oldest = pages.pollFirst();
        if (oldest != null) {
            Topic.await(oldest.acks());
            table.delete(oldest.rows());
        }
    }

    @Override
    public void close() {
        topic.close();
    }

    private record Page(List<Row> rows, List<Future<RecordMetadata>> acks) {}
}
