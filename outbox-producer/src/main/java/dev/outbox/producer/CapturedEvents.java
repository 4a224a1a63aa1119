package dev.outbox.producer;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.stream.LastAppend;
import dev.outbox.producer.internal.metrics.CaptureMeters;
import dev.outbox.producer.internal.write.CountedEvent;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.producer.internal.write.PendingEvents;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The events raised so far in one transaction. They are bound to the thread like the connection: a suspended transaction keeps
 * its events, and rolling back to a savepoint removes those raised since.
 */
final class CapturedEvents implements TransactionSynchronization, PendingEvents {

    private static final Object SUSPENDED = CapturedEvents.class.getName() + ".suspended";

    private final TransactionExecution transaction;
    private final List<EventEnvelope> events = new ArrayList<>();
    private final List<CountedEvent> counted = new ArrayList<>();
    private final Map<AggregateRef, Long> lastSequences = new HashMap<>();
    private final Map<Object, Sizes> sizesAtSavepoint = new HashMap<>();
    private final List<EventEnvelope> appended = new ArrayList<>();
    private final EarlyWrite earlyWrite;
    private final Supplier<CaptureMeters> meters;
    private final Runnable afterCommit;
    private @Nullable Object suspendedBefore;
    private @Nullable LastWrite lastWrite;
    private @Nullable LastAppend lastAppend;
    private boolean lastAppendWritten;
    private int written;
    private boolean countedWritten;
    private boolean closed;

    private CapturedEvents(
            TransactionExecution transaction,
            EarlyWrite earlyWrite,
            Supplier<CaptureMeters> meters,
            Runnable afterCommit) {
        this.transaction = transaction;
        this.earlyWrite = earlyWrite;
        this.meters = meters;
        this.afterCommit = afterCommit;
    }

    /** {@return the captured events of the current transaction; null if the outbox does not take part in it} */
    static @Nullable CapturedEvents current() {
        return (CapturedEvents) TransactionSynchronizationManager.getResource(BINDING);
    }

    /** {@return the captured events of the last transaction that was suspended and not yet resumed; null if there is none} */
    static @Nullable CapturedEvents suspended() {
        return (CapturedEvents) TransactionSynchronizationManager.getResource(SUSPENDED);
    }

    /**
     * Starts capturing for a transaction that has just begun on this thread. It may begin while an earlier one, which accepts
     * no more events, is still completing.
     */
    static void bindTo(
            TransactionExecution transaction,
            EarlyWrite earlyWrite,
            Supplier<CaptureMeters> meters,
            Runnable afterCommit) {
        TransactionSynchronizationManager.unbindResourceIfPossible(BINDING);
        CapturedEvents captured = new CapturedEvents(transaction, earlyWrite, meters, afterCommit);
        TransactionSynchronizationManager.bindResource(BINDING, captured);
        TransactionSynchronizationManager.registerSynchronization(captured);
    }

    boolean belongsTo(TransactionExecution other) {
        return transaction == other;
    }

    void add(EventEnvelope event) {
        events.add(event);
    }

    void add(CountedEvent event) {
        counted.add(event);
        lastSequences.put(event.event().aggregate(), event.aggregateSeq());
    }

    /** {@return the number of the latest event of an aggregate that counts its own events; null if there is none yet} */
    @Nullable
    Long lastSequenceOf(AggregateRef aggregate) {
        return lastSequences.get(aggregate);
    }

    /** Events that were written to their streams at once. */
    void addAppended(List<EventEnvelope> written) {
        appended.addAll(written);
    }

    /**
     * Leaves an append to the commit, which goes along with it unless other events are raised after it.
     *
     * @return whether it is left
     */
    boolean leaveToCommit(LastAppend append) {
        if (lastAppend != null || !earlyWrite.isCommitSentAlong(transaction)) {
            return false;
        }
        lastAppend = append;
        return true;
    }

    private boolean isAppendPending() {
        return lastAppend != null && !lastAppendWritten;
    }

    private void writeLastAppend(boolean commits) {
        LastAppend append = lastAppend;
        if (append != null && !lastAppendWritten) {
            lastAppendWritten = true;
            append.append(commits);
            appended.addAll(append.events());
        }
    }

    /** {@return the number of events that were raised, whether they are written or not} */
    int size() {
        return events.size() + counted.size();
    }

    /** {@return the number of events that are still to be written} */
    int pending() {
        LastAppend append = lastAppend;
        int last = append == null || lastAppendWritten ? 0 : append.events().size();
        return last + events.size() - written + (countedWritten ? 0 : counted.size());
    }

    /** Flushes what the transaction has changed so far, and writes events that must come before those that follow now. */
    void writeEarly() {
        earlyWrite.flush(transaction, this);
        writePending();
    }

    /**
     * Writes the events that are pending, if some are of stored aggregates, whose streams are read or appended to now. Rolling
     * back to an earlier savepoint makes them pending again.
     */
    void writePending() {
        if (isAppendPending()) {
            earlyWrite.flush(transaction, this);
            writeLastAppend(false);
        }
        if (earlyWrite.isNeededFor(events.subList(written, events.size()))) {
            earlyWrite.flush(transaction, this);
            List<EventEnvelope> pending = List.copyOf(events.subList(written, events.size()));
            written = events.size();
            earlyWrite.write(pending);
        }
    }

    /** {@return whether events can be added} */
    boolean isOpen() {
        return !closed && (lastWrite == null || lastWrite.isOpen());
    }

    /** From now on, the events may be written. */
    void prepare(LastWrite write) {
        lastWrite = write;
        write.prepare();
    }

    @Override
    public void beforeCommit(Connection connection) {
        if (lastWrite != null) {
            lastWrite.beforeCommit(connection);
        }
    }

    @Override
    public void onRollback(Connection connection) {
        if (lastWrite != null) {
            lastWrite.onRollback(connection);
        }
    }

    /** @param last runs the last statement */
    void writeTo(OutboxWriter writer, OutboxWriter last) {
        List<EventEnvelope> pending = events.subList(written, events.size());
        written = events.size();
        countedWritten = true;
        writeLastAppend(last != writer && pending.isEmpty() && counted.isEmpty());
        if (!pending.isEmpty()) {
            (counted.isEmpty() ? last : writer).append(pending);
        }
        if (!counted.isEmpty()) {
            last.appendCounted(counted);
        }
    }

    /** {@return what to throw if the transaction, marked rollback-only, is about to be committed without its events} */
    EventRefusedException rollbackOnly() {
        EventEnvelope first = firstPending();
        EventRefusedException refusal = EventRefusedException.rollbackOnly(first, pending());
        meters.get().refused(refusal.reason());
        return refusal;
    }

    private EventEnvelope firstPending() {
        LastAppend append = lastAppend;
        if (append != null && !lastAppendWritten) {
            return append.events().get(0);
        }
        return written == events.size() ? counted.get(0).event() : events.get(written);
    }

    /** This takes a transaction manager that does not commit through the connection that it has bound. */
    private IllegalStateException lost() {
        return new IllegalStateException(
                "A transaction was committed without its events (%d), because its transaction manager does not commit through the connection that it has bound. Set outbox.capture.commit-with-events=false."
                        .formatted(pending()));
    }

    /** Before others, whose events it refuses from then on. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void savepoint(Object savepoint) {
        sizesAtSavepoint.put(
                savepoint, new Sizes(events.size(), written, counted.size(), appended.size(), lastAppendWritten));
    }

    @Override
    public void savepointRollback(Object savepoint) {
        Sizes sizes = sizesAtSavepoint.get(savepoint);
        if (sizes != null) {
            events.subList(sizes.events, events.size()).clear();
            written = Math.min(written, sizes.written);
            lastAppendWritten = lastAppendWritten && sizes.lastAppendWritten;
            appended.subList(sizes.appended, appended.size()).clear();
            counted.subList(sizes.counted, counted.size()).clear();
            lastSequences.clear();
            counted.forEach(event -> lastSequences.put(event.event().aggregate(), event.aggregateSeq()));
        }
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(BINDING);
        suspendedBefore = TransactionSynchronizationManager.unbindResourceIfPossible(SUSPENDED);
        TransactionSynchronizationManager.bindResource(SUSPENDED, this);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.unbindResource(SUSPENDED);
        if (suspendedBefore != null) {
            TransactionSynchronizationManager.bindResource(SUSPENDED, suspendedBefore);
            suspendedBefore = null;
        }
        TransactionSynchronizationManager.bindResource(BINDING, this);
    }

    @Override
    public void afterCommit() {
        closed = true;
        if (pending() > 0) {
            throw lost();
        }
        if (size() + appended.size() > 0) {
            afterCommit.run();
            count(meters.get());
        }
    }

    private void count(CaptureMeters committed) {
        events.forEach(committed::captured);
        counted.forEach(event -> committed.captured(event.event()));
        appended.forEach(committed::captured);
    }

    @Override
    public void afterCompletion(int status) {
        closed = true;
        TransactionSynchronizationManager.unbindResourceIfPossible(BINDING);
    }

    /** The number of events of each kind, and of those that were written. */
    private record Sizes(int events, int written, int counted, int appended, boolean lastAppendWritten) {}
}
