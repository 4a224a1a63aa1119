package dev.outbox.test;

import dev.outbox.consumer.internal.parking.InboxParkingStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The crash points of consumers: before and after the commit of the transaction in which the inbox handles events. That
 * transaction begins by asking what is parked. An error there stops the container, which then commits no more offsets.
 */
final class ConsumerCrashes implements BeanPostProcessor {

    private static final String FIRST_STATEMENT = "lockParked";

    private final CrashPoints points;
    private final ListableBeanFactory beans;
    private final List<AbstractMessageListenerContainer<?, ?>> crashed = new CopyOnWriteArrayList<>();

    ConsumerCrashes(CrashPoints points, ListableBeanFactory beans) {
        this.points = points;
        this.beans = beans;
        points.whenRecovered(this::restart);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof InboxParkingStore store ? crashing(store) : bean;
    }

    private InboxParkingStore crashing(InboxParkingStore store) {
        return (InboxParkingStore) Proxy.newProxyInstance(
                InboxParkingStore.class.getClassLoader(),
                new Class<?>[] {InboxParkingStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals(FIRST_STATEMENT)) {
                        TransactionSynchronizationManager.registerSynchronization(new AroundCommit());
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private void crashOnceAt(CrashPoint here) {
        if (points.crashesOnceAt(here)) {
            EventDriver.containersOf(beans).values().stream()
                    .filter(AbstractMessageListenerContainer::isRunning)
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
