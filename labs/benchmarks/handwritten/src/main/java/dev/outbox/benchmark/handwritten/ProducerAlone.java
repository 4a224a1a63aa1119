package dev.outbox.benchmark.handwritten;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** No outbox at all: what the producer sends when the events are in memory already. */
final class ProducerAlone implements Contender {

    private final HikariDataSource dataSource;
    private final Business business;
    private final Topic topic;
    private final Queue<Row> rows = new ConcurrentLinkedQueue<>();
    private Thread relay = new Thread();

    ProducerAlone(Settings settings) {
        this.dataSource = settings.newPool();
        this.business = Business.of(dataSource);
        this.topic = new Topic(settings, row -> row.bare(settings.topic()));
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public void raise(BenchmarkEvent event) {
        rows.add(new Row(
                event.number(),
                BenchmarkEvent.newId().toString(),
                event.key(),
                "AccountChanged",
                Instant.EPOCH,
                event.json().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void startRelay() {
        relay = new Thread(() -> {
            for (Row row = rows.poll(); row != null && !Thread.currentThread().isInterrupted(); row = rows.poll()) {
                topic.send(List.of(row));
            }
        });
        relay.start();
    }

    @Override
    public void stopRelay() throws InterruptedException {
        relay.interrupt();
        relay.join();
    }

    @Override
    public void clear() {
        rows.clear();
    }

    @Override
    public void close() {
        topic.close();
        dataSource.close();
    }
}
