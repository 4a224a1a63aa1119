package dev.outbox.eventstore.internal.aggregate;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions of commands. Within a transaction, a command is part of it and is tried once: whatever else the caller has read
 * may be out of date as well. Otherwise each attempt has a transaction of its own. Thread-safe.
 */
public final class CommandTransactions {

    private final Supplier<PlatformTransactionManager> manager;
    private final int attempts;
    private final Duration initialInterval;
    private final Duration maxInterval;
    private final Consumer<Duration> pause;

    /**
     * @param manager asked for with each command, because it may be created later
     * @param attempts how often a command is tried
     * @param pause waits on the thread of the command
     */
    public CommandTransactions(
            Supplier<PlatformTransactionManager> manager,
            int attempts,
            Duration initialInterval,
            Duration maxInterval,
            Consumer<Duration> pause) {
        this.manager = manager;
        this.attempts = attempts;
        this.initialInterval = initialInterval;
        this.maxInterval = maxInterval;
        this.pause = pause;
    }

    /**
     * {@return what the command returns}
     *
     * @param command loads, decides and appends
     * @param onConflict called for each attempt that came too late
     */
    <T> T execute(Command<T> command, Runnable onConflict) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return once(command, onConflict);
        }
        TransactionTemplate transaction = new TransactionTemplate(manager.get());
        for (int attempt = 1; ; attempt++) {
            try {
                return inOwn(transaction, command);
            } catch (ConcurrencyFailureException tooLate) {
                onConflict.run();
                if (attempt >= attempts) {
                    throw tooLate;
                }
                pause.accept(intervalAfter(attempt));
            }
        }
    }

    private static <T> T inOwn(TransactionTemplate transaction, Command<T> command) {
        AtomicReference<@Nullable Attempt<T>> attempted = new AtomicReference<>();
        try {
            transaction.executeWithoutResult(status -> attempted.set(command.attempt(status.isNewTransaction())));
        } catch (RuntimeException failed) {
            Attempt<T> attempt = attempted.get();
            if (attempt != null) {
                attempt.failed();
            }
            throw failed;
        }
        return Objects.requireNonNull(attempted.get()).result();
    }

    private static <T> T once(Command<T> command, Runnable onConflict) {
        try {
            return command.attempt(false).result();
        } catch (ConcurrencyFailureException tooLate) {
            onConflict.run();
            throw tooLate;
        }
    }

    /**
     * Changes something in the transaction of the caller, or in one of its own if there is none that can.
     *
     * @return what the change returns
     */
    boolean change(BooleanSupplier change) {
        boolean joins = TransactionSynchronizationManager.isActualTransactionActive()
                && !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
        if (joins) {
            return change.getAsBoolean();
        }
        TransactionTemplate ownTransaction = new TransactionTemplate(
                manager.get(), new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
        return Boolean.TRUE.equals(ownTransaction.execute(status -> change.getAsBoolean()));
    }

    /** What is executed, perhaps several times. */
    @FunctionalInterface
    interface Command<T> {

        /**
         * {@return what has been decided}
         *
         * @param isLast whether the transaction ends with it
         */
        Attempt<T> attempt(boolean isLast);
    }

    /** What one transaction has decided. */
    interface Attempt<T> {

        /** {@return what the command returns, once its transaction has ended, or within a transaction of the caller} */
        T result();

        /** Called if the transaction has failed, and been rolled back; throws something that says more, if it knows more. */
        void failed();
    }

    /** Doubles, and is spread so that those who have met once do not meet again. */
    private Duration intervalAfter(int attempt) {
        long doubled = initialInterval.toMillis() << Math.min(attempt - 1, 20);
        long longest = Math.max(1, Math.min(doubled, maxInterval.toMillis()));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
