package dev.outbox.relay.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes from one planned action to the next. */
final class VirtualTime {

    private static final Comparator<Action> ORDER =
            Comparator.comparingLong(Action::at).thenComparingLong(Action::number);

    /** Far more than any run needs that comes to its end. */
    private static final int MANY = 100_000;

    private final PriorityQueue<Action> agenda = new PriorityQueue<>(ORDER);
    private long now;
    private long planned;

    long now() {
        return now;
    }

    void after(long nanos, Runnable action) {
        if (planned == MANY) {
            throw new BrokenPromise("So much is done over and over that this comes to no end");
        }
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
