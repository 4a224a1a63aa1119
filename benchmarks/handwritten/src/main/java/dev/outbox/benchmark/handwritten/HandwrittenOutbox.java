package dev.outbox.benchmark.handwritten;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.Settings;
import java.util.function.Function;

/** A table and a loop. */
final class HandwrittenOutbox implements Contender {

    private final HikariDataSource dataSource;
    private final Business business;
    private final OutboxTable table;
    private final Function<OutboxTable, Loop> newLoop;
    private Thread relay = new Thread();

    HandwrittenOutbox(Settings settings, Function<OutboxTable, Loop> newLoop) {
        this.dataSource = settings.newPool();
        this.business = Business.of(dataSource);
        this.table = new OutboxTable(dataSource, settings.topic());
        this.newLoop = newLoop;
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public void raise(BenchmarkEvent event) {
        table.insert(event);
    }

    @Override
    public void startRelay() {
        Loop loop = newLoop.apply(table);
        relay = new Thread(() -> {
            try (loop) {
                loop.run();
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
        table.clear();
    }

    @Override
    public void close() {
        relay.interrupt();
        dataSource.close();
    }
}
