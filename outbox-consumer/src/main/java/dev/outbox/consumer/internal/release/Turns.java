package dev.outbox.consumer.internal.release;

import dev.outbox.consumer.parking.InboxKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The keys that are to be resumed, and when it is their turn: each at most once, the earliest first. Thread-safe. */
final class Turns {

    private final LongSupplier nanos;
    private final long start;
    private final Map<Turn, Due> awaited = new HashMap<>();
    private final TreeSet<Due> order =
            new TreeSet<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long last;

    /** @param nanos time that only moves forward */
    Turns(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** {@return false if it is awaited already; then nothing changes} */
    synchronized boolean add(Turn turn, Duration pause) {
        if (awaited.containsKey(turn)) {
            return false;
        }
        Due due = new Due(now() + pause.toNanos(), ++last, turn);
        awaited.put(turn, due);
        return order.add(due);
    }

    synchronized void remove(Turn turn) {
        Due due = awaited.remove(turn);
        if (due != null) {
            order.remove(due);
        }
    }

    /** {@return a turn whose time has come; it is removed from those that are awaited} */
    synchronized @Nullable Turn next() {
        if (order.isEmpty() || order.first().at() > now()) {
            return null;
        }
        Turn turn = order.first().turn();
        remove(turn);
        return turn;
    }

    /** {@return the time until the next turn, if it is shorter} */
    synchronized Duration pause(Duration longest) {
        if (order.isEmpty()) {
            return longest;
        }
        Duration until = Duration.ofNanos(Math.max(0, order.first().at() - now()));
        return until.compareTo(longest) < 0 ? until : longest;
    }

    synchronized void clear() {
        awaited.clear();
        order.clear();
    }

    private long now() {
        return nanos.getAsLong() - start;
    }

    /**
     * A key whose turn comes.
     *
     * @param overGap whether to stop waiting for the missing event
     */
    record Turn(InboxKey key, boolean overGap) {

        Turn behindTheGap() {
            return new Turn(key, false);
        }
    }

    private record Due(long at, long number, Turn turn) {}
}
