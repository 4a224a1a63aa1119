package dev.outbox.test;

import dev.outbox.consumer.internal.parking.InboxParkingStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The crash points of consumers: before and after the commit of the transaction in which the inbox handles events. An error is
 * thrown there, which the inbox takes for a failure and would retry. So the containers are stopped as well, and until they are
 * started again, they handle nothing and commit no offset.
 */
final class ConsumerCrashes implements BeanPostProcessor {

    private static final long PATIENCE_SECONDS = 30;

    private final CrashPoints points;
    private final HandlerContainers containers;

    /** Each with the end of its threads. */
    private final Map<MessageListenerContainer, CompletableFuture<@Nullable Void>> crashed = new ConcurrentHashMap<>();

    /** From the crash until the restart, what was polled before is not handled either. */
    private volatile boolean dead;

    ConsumerCrashes(CrashPoints points, HandlerContainers containers) {
        this.points = points;
        this.containers = containers;
        points.whenRecovered(this::restart);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof InboxParkingStore store ? new ObservedParking(store, this::crashAroundCommit) : bean;
    }

    private void crashAroundCommit() {
        if (dead) {
            throw new SimulatedCrashError("A test has let the consumer crash");
        }
        TransactionSynchronizationManager.registerSynchronization(new AroundCommit());
    }

    private void crashOnceAt(CrashPoint here) {
        if (points.crashesOnceAt(here)) {
            containers.all().stream()
                    .filter(MessageListenerContainer::isRunning)
                    .forEach(container -> crashed.put(container, new CompletableFuture<>()));
            dead = !crashed.isEmpty();
            crashed.forEach((container, ended) -> container.stop(() -> ended.complete(null)));
            points.crashed();
            throw new SimulatedCrashError("A test lets the consumer crash at %s".formatted(here));
        }
    }

    private void restart() {
        crashed.values()
                .forEach(ended ->
                        ended.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
        dead = false;
        crashed.keySet().forEach(MessageListenerContainer::start);
        crashed.clear();
    }

    private final class AroundCommit implements TransactionSynchronization {

        @Override
        public void beforeCommit(boolean readOnly) {
            crashOnceAt(CrashPoint.AFTER_HANDLERS_BEFORE_COMMIT);
        }

        @Override
        public void afterCommit() {
            crashOnceAt(CrashPoint.AFTER_COMMIT_BEFORE_OFFSET);
        }
    }
}
