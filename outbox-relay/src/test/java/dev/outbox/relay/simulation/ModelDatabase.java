package dev.outbox.relay.simulation;

import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What PostgreSQL does with transactions, snapshots, one sequence and the key rows, as far as the outbox rests on it; and what
 * other databases do with them, where published events are removed.
 *
 * <p>A snapshot's {@code xmax} lies behind the last transaction that has <em>ended</em>, as in PostgreSQL: those that
 * run beyond it are not in its list.
 */
final class ModelDatabase {

    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<String, KeyRow> keys = new HashMap<>();
    private final Set<Long> removed = new HashSet<>();
    private final TreeSet<Long> running = new TreeSet<>();
    private long lastXid;
    private long lastEnded;
    private long lastSeq;

    void assignXid(Transaction transaction) {
        if (transaction.xid() == 0) {
            transaction.assign(++lastXid);
            running.add(lastXid);
        }
    }

    /** Locks the key row of an aggregate; goes on when it is locked. */
    void lock(Transaction transaction, String aggregate, Runnable then) {
        assignXid(transaction);
        KeyRow key = key(aggregate);
        if (key.locked) {
            key.waiting.add(() -> take(key, transaction, aggregate, then));
        } else {
            take(key, transaction, aggregate, then);
        }
    }

    private static void take(KeyRow key, Transaction transaction, String aggregate, Runnable then) {
        key.locked = true;
        transaction.locked(aggregate, key.count);
        then.run();
    }

    long nextSeq() {
        return ++lastSeq;
    }

    long lastSeq() {
        return lastSeq;
    }

    StoredEvent insert(Transaction transaction, long seq, EventEnvelope event) {
        KeyRow key = key(event.aggregate().id());
        StoredEvent stored = new StoredEvent(transaction, new OutboxRow(seq, ++key.count, event));
        events.add(stored);
        transaction.add(stored);
        return stored;
    }

    void commit(Transaction transaction) {
        end(transaction, Transaction.State.COMMITTED);
    }

    void rollback(Transaction transaction) {
        transaction.countsBefore().forEach((aggregate, count) -> key(aggregate).count = count);
        end(transaction, Transaction.State.ROLLED_BACK);
    }

    /** The end is seen by all at once, and before the next writer has the lock. */
    private void end(Transaction transaction, Transaction.State state) {
        transaction.end(state);
        running.remove(transaction.xid());
        lastEnded = Math.max(lastEnded, transaction.xid());
        transaction.countsBefore().keySet().forEach(aggregate -> key(aggregate).unlock());
    }

    Snapshot snapshot() {
        long xmax = lastEnded + 1;
        List<Long> seen = List.copyOf(running.headSet(xmax));
        return new Snapshot(seen.isEmpty() ? xmax : seen.get(0), xmax, seen);
    }

    StoredEvent committed(long seq) {
        return events.stream()
                .filter(event -> event.seq() == seq && event.transaction().isCommitted())
                .findFirst()
                .orElseThrow();
    }

    List<StoredEvent> committed() {
        return events.stream()
                .filter(event -> event.transaction().isCommitted())
                .toList();
    }

    /** {@return those that are still in the table} */
    List<StoredEvent> present() {
        return committed().stream()
                .filter(event -> !removed.contains(event.seq()))
                .toList();
    }

    boolean isPresent(long seq) {
        return !removed.contains(seq);
    }

    void remove(Collection<Long> seqs) {
        removed.addAll(seqs);
    }

    private KeyRow key(String aggregate) {
        return keys.computeIfAbsent(aggregate, absent -> new KeyRow());
    }

    private static final class KeyRow {

        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private boolean locked;
        private long count;

        private void unlock() {
            locked = false;
            Runnable next = waiting.poll();
            if (next != null) {
                next.run();
            }
        }
    }
}
