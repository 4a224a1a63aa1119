package dev.outbox.benchmark.contender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients of the service, each of which waits for its transaction to commit before it begins the next. */
final class Clients implements AutoCloseable {

    private final Contender contender;
    private final ExecutorService threads;
    private final List<Numbers> numbers = new ArrayList<>();
    private final long[] counts;

    Clients(Contender contender, long firstBurst, int clients) {
        this.contender = contender;
        this.threads = Executors.newFixedThreadPool(clients);
        this.counts = new long[clients];
        for (int client = 0; client < clients; client++) {
            numbers.add(new Numbers(firstBurst, client, clients));
        }
    }

    /**
     * All clients at once, as fast as they can.
     *
     * @return transactions per second
     */
    double run(Writing writing, Duration duration) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        List<Future<Long>> running = new ArrayList<>();
        for (int client = 0; client < numbers.size(); client++) {
            int self = client;
            running.add(threads.submit(() -> runOne(self, writing, end)));
        }
        long done = 0;
        for (Future<Long> client : running) {
            done += client.get();
        }
        return done * 1e9 / (System.nanoTime() - start);
    }

    /** {@return how many events each client has raised, in its own order of numbers} */
    long[] counts() {
        return counts.clone();
    }

    private long runOne(int client, Writing writing, long end) {
        Numbers own = numbers.get(client);
        long done = 0;
        while (System.nanoTime() - end < 0) {
            writing.inTransaction(contender, own.event(counts[client]));
            counts[client]++;
            done++;
        }
        return done;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
