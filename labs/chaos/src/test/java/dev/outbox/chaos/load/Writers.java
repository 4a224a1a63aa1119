package dev.outbox.chaos.load;

import dev.outbox.chaos.load.Bank.Order;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Threads that change accounts until they are stopped: one to five changes a transaction, every twentieth transaction
 * rolled back, now and then an event that is too large to be published. A transaction that fails with its connection is
 * left to the ledger, which knows whether it committed.
 */
public final class Writers {

    private static final int THREADS = 3;

    /** A tenth of the accounts, or in the end all of them would be parked. */
    private static final int ACCOUNTS_WITH_OVERSIZE = Bank.ACCOUNTS / 10;

    private static final int ONE_OVERSIZE_IN = 20;

    /** A load that leaves the machine time for the processes that it is about. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** While processes start, or somebody waits for something else than commits: most of the time of a run. */
    private static final long LONGEST_PAUSE_OTHERWISE_NANOS = TimeUnit.MILLISECONDS.toNanos(120);

    private final Bank bank;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<?>> running;
    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicInteger rolledBack = new AtomicInteger();
    private final AtomicInteger disturbed = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean isAwaited;

    private Writers(Bank bank, SplittableRandom random) {
        this.bank = bank;
        this.running = IntStream.range(0, THREADS)
                .mapToObj(thread -> random.split())
                .<Future<?>>map(own -> threads.submit(() -> write(own)))
                .toList();
    }

    public static Writers start(Bank bank, SplittableRandom random) {
        return new Writers(bank, random);
    }

    /**
     * Stops them after their current transactions.
     *
     * @throws IllegalStateException if one has failed, and not with its connection
     */
    public void stop() {
        stopped = true;
        threads.shutdown();
        for (Future<?> thread : running) {
            try {
                thread.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("A writer has failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while stopping writers", e);
            }
        }
    }

    /** Whether somebody waits for commits. */
    public void await(boolean isAwaited) {
        this.isAwaited = isAwaited;
    }

    /** {@return how many transactions are known to have been committed} */
    public int committed() {
        return committed.get();
    }

    /** {@return how many transactions were rolled back on purpose} */
    public int rolledBack() {
        return rolledBack.get();
    }

    /** {@return how many transactions ended with their connection} */
    public int disturbed() {
        return disturbed.get();
    }

    private void write(SplittableRandom random) {
        while (!stopped) {
            boolean commit = random.nextInt(20) > 0;
            try {
                bank.change(orders(random), commit);
                (commit ? committed : rolledBack).incrementAndGet();
            } catch (DataAccessException | TransactionException e) {
                disturbed.incrementAndGet();
            }
            LockSupport.parkNanos(random.nextLong(isAwaited ? LONGEST_PAUSE_NANOS : LONGEST_PAUSE_OTHERWISE_NANOS));
        }
    }

    private static List<Order> orders(SplittableRandom random) {
        int one = random.nextInt(Bank.ACCOUNTS);
        if (random.nextInt(4) > 0) {
            return List.of(order(one, random));
        }
        int another = random.nextInt(Bank.ACCOUNTS);
        return IntStream.range(0, 2 + random.nextInt(4))
                .map(change -> random.nextBoolean() ? one : another)
                .sorted()
                .mapToObj(account -> order(account, random))
                .toList();
    }

    private static Order order(int account, SplittableRandom random) {
        if (account >= ACCOUNTS_WITH_OVERSIZE || random.nextInt(ONE_OVERSIZE_IN) > 0) {
            return Order.of(account, random.nextInt(1000));
        }
        return random.nextBoolean() ? Order.tooLargeToSend(account) : Order.tooLargeForTheTopic(account);
    }
}
