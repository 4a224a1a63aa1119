package dev.outbox.relay.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A writer's transaction in the {@link ModelDatabase}. */
final class Transaction {

    enum State {
        RUNNING,
        COMMITTED,
        ROLLED_BACK
    }

    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<String, Long> countsBefore = new LinkedHashMap<>();
    private State state = State.RUNNING;
    private long xid;

    /** Its id; 0 until its first write. */
    long xid() {
        return xid;
    }

    void assign(long newXid) {
        xid = newXid;
    }

    void locked(String aggregate, long countBefore) {
        countsBefore.put(aggregate, countBefore);
    }

    /** The aggregates it holds, with their counts before it came. */
    Map<String, Long> countsBefore() {
        return countsBefore;
    }

    void add(StoredEvent event) {
        events.add(event);
    }

    List<StoredEvent> events() {
        return events;
    }

    void end(State end) {
        state = end;
    }

    boolean isCommitted() {
        return state == State.COMMITTED;
    }

    @Override
    public String toString() {
        return "transaction " + xid;
    }
}
