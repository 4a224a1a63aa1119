package dev.outbox.capture;

import dev.outbox.event.EventEnvelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The events raised so far in one transaction. Bound to the thread like the connection: a suspended transaction keeps its
 * events, a savepoint that is rolled back takes back those raised since.
 */
final class CapturedEvents implements TransactionSynchronization {

    private static final Object BINDING = CapturedEvents.class;

    private final TransactionExecution transaction;
    private final List<EventEnvelope> events = new ArrayList<>();
    private final Map<Object, Integer> sizeAtSavepoint = new HashMap<>();
    private final Runnable afterCommit;
    private boolean closed;

    private CapturedEvents(TransactionExecution transaction, Runnable afterCommit) {
        this.transaction = transaction;
        this.afterCommit = afterCommit;
    }

    /** {@return the captured events of the current transaction; null if the outbox takes no part in it} */
    static @Nullable CapturedEvents current() {
        return (CapturedEvents) TransactionSynchronizationManager.getResource(BINDING);
    }

    /** Starts capturing for a transaction that has just begun on this thread. */
    static void bindTo(TransactionExecution transaction, Runnable afterCommit) {
        CapturedEvents captured = new CapturedEvents(transaction, afterCommit);
        TransactionSynchronizationManager.bindResource(BINDING, captured);
        TransactionSynchronizationManager.registerSynchronization(captured);
    }

    boolean belongsTo(TransactionExecution other) {
        return transaction == other;
    }

    void add(EventEnvelope event) {
        events.add(event);
    }

    int size() {
        return events.size();
    }

    /** {@return all of them; none can be added from now on} */
    List<EventEnvelope> close() {
        closed = true;
        return events;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void savepoint(Object savepoint) {
        sizeAtSavepoint.put(savepoint, events.size());
    }

    @Override
    public void savepointRollback(Object savepoint) {
        int size = sizeAtSavepoint.getOrDefault(savepoint, events.size());
        events.subList(size, events.size()).clear();
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(BINDING);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(BINDING, this);
    }

    @Override
    public void afterCommit() {
        if (!events.isEmpty()) {
            afterCommit.run();
        }
    }

    @Override
    public void afterCompletion(int status) {
        closed = true;
        TransactionSynchronizationManager.unbindResourceIfPossible(BINDING);
    }
}
