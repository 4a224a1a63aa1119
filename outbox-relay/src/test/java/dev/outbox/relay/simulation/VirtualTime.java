package dev.outbox.relay.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes from one planned action to the next. */
final class VirtualTime {

    private static final Comparator<Action> ORDER =
            Comparator.comparingLong(Action::at).thenComparingLong(Action::number);

    private final PriorityQueue<Action> agenda = new PriorityQueue<>(ORDER);
    private long now;
    private long planned;

    long now() {
        return now;
    }

    void after(long nanos, Runnable action) {
        agenda.add(new Action(now + nanos, planned++, action));
    }

    /**
     * Runs what is planned up to a moment. May be called from an action, which then takes that long while others run.
     */
    void runUntil(long moment) {
        while (!agenda.isEmpty() && agenda.element().at <= moment) {
            Action next = agenda.remove();
            now = Math.max(now, next.at);
            next.action.run();
        }
        now = Math.max(now, moment);
    }

    private record Action(long at, long number, Runnable action) {}
}
