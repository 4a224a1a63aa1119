package dev.outbox.benchmark.contender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that execute commands, each of which waits for its commit before it sends the next. An account takes a fixed number of
 * commands, and then its client goes on with a new one: so streams are as long for those who are fast as for those who are slow.
 */
final class AccountClients {

    private static final AtomicLong ACCOUNTS = new AtomicLong();

    private final Command command;
    private final int commandsPerAccount;

    /** One command of a contender. */
    @FunctionalInterface
    interface Command {

        void execute(String account, int version);
    }

    AccountClients(Command command, int commandsPerAccount) {
        this.command = command;
        this.commandsPerAccount = commandsPerAccount;
    }

    /** {@return commands per second of so many clients, as fast as they can} */
    double flatOut(int clients, Duration duration) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long start = System.nanoTime();
            long end = start + duration.toNanos();
            List<Future<Long>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> runUntil(end)));
            }
            long done = 0;
            for (Future<Long> client : running) {
                done += client.get();
            }
            return done * 1e9 / (System.nanoTime() - start);
        } finally {
            threads.shutdown();
        }
    }

    private long runUntil(long end) {
        long done = 0;
        Account account = new Account();
        while (System.nanoTime() - end < 0) {
            account = executeFor(account);
            done++;
        }
        return done;
    }

    private Account executeFor(Account last) {
        Account account = last.version < commandsPerAccount ? last : new Account();
        command.execute(account.id, account.version);
        account.version++;
        return account;
    }

    /** One client that executes commands at a fixed rate. */
    final class Steady {

        private Account account = new Account();

        /** {@return the nanoseconds that a command has taken} */
        long execute() {
            long start = System.nanoTime();
            account = executeFor(account);
            return System.nanoTime() - start;
        }
    }

    private static final class Account {

        private final String id = "account-" + ACCOUNTS.incrementAndGet();
        private int version;
    }
}
