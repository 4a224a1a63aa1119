package dev.outbox.benchmark.handwritten;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Select, send, wait for all acks, delete; a pause of 100 ms whenever less than a full page was there. */
record PausingLoop(OutboxTable table, Topic topic, BooleanSupplier running) implements Loop {

    private static final int PAGE = 1_000;
    private static final int PAUSE_MILLIS = 100;

    @Override
    public void run() {
        try {
            while (running.getAsBoolean()) {
                List<Row> rows = table.read(0, PAGE);
                Topic.await(topic.send(rows));
                if (!rows.isEmpty()) {
                    table.delete(rows);
                }
                if (rows.size() < PAGE) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        topic.close();
    }
}
