package dev.outbox.benchmark.handwritten;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.Settings;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** A table and a loop. */
final class HandwrittenOutbox implements Contender {

    private final HikariDataSource dataSource;
    private final Business business;
    private final OutboxTable table;
    private final BiFunction<OutboxTable, BooleanSupplier, Loop> newLoop;
    private Thread relay = new Thread();
    private volatile boolean running;

    HandwrittenOutbox(Settings settings, BiFunction<OutboxTable, BooleanSupplier, Loop> newLoop) {
        this.dataSource = settings.newPool();
        this.business = Business.of(dataSource);
        this.table = new OutboxTable(dataSource);
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
        running = true;
        Loop loop = newLoop.apply(table, () -> running);
        relay = new Thread(() -> {
            try (loop) {
                loop.run();
            }
        });
        relay.start();
    }

    @Override
    public void stopRelay() throws InterruptedException {
        running = false;
        relay.join();
    }

    @Override
    public void clear() {
        table.clear();
    }

    @Override
    public void close() {
        running = false;
        dataSource.close();
    }
}
