package dev.outbox.test;

import dev.outbox.consumer.internal.parking.InboxParkingStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The crash points of consumers: before and after the commit of the transaction in which the inbox handles events. An error
 * there stops the container, which then commits no more offsets.
 */
final class ConsumerCrashes implements BeanPostProcessor {

    private final CrashPoints points;
    private final HandlerContainers containers;
    private final List<MessageListenerContainer> crashed = new CopyOnWriteArrayList<>();

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
        TransactionSynchronizationManager.registerSynchronization(new AroundCommit());
    }

    private void crashOnceAt(CrashPoint here) {
        if (points.crashesOnceAt(here)) {
            containers.all().stream()
                    .filter(MessageListenerContainer::isRunning)
                    .forEach(crashed::add);
            points.crashed();
            throw new SimulatedCrashError("A test lets the consumer crash at %s".formatted(here));
        }
    }

    /** Stops the containers first, because an error stops a container and that may still be in progress. */
    private void restart() {
        crashed.forEach(container -> {
            container.stop();
            container.start();
        });
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
