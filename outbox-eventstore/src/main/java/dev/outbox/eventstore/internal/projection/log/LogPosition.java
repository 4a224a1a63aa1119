package dev.outbox.eventstore.internal.projection.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far a lane has come: a snapshot whose events are all handled, and, while a backlog is paged, how far the events between it
 * and the next snapshot are handled. Snapshots are in the notation of {@code pg_snapshot}, {@code xmin:xmax:xip,...}.
 *
 * @param done every event that is visible in this snapshot is handled
 * @param paging the backlog that is paged, or null
 */
public record LogPosition(String done, @Nullable Paging paging) {

    /** Sees nothing: every transaction comes after it. */
    private static final String NOTHING = "1:1:";

    /** Nothing is handled yet. */
    public static final LogPosition START = new LogPosition(NOTHING, null);

    /**
     * Progress through the events that {@code next} sees and {@link LogPosition#done()} does not, in order of {@code seq}.
     *
     * @param next the snapshot that is done when the last page is handled
     * @param seq events up to here are handled
     * @param lastSeq no event of this backlog comes after it
     */
    public record Paging(String next, long seq, long lastSeq) {}

    /** {@return the position at which everything is handled that the snapshot sees} */
    public static LogPosition at(String snapshot) {
        return new LogPosition(snapshot, null);
    }

    /** {@return whether everything is still to be handled} */
    boolean isStart() {
        return done.equals(NOTHING);
    }

    /** {@return the first transaction id that was not assigned yet when the position was reached} */
    long reached() {
        return paging == null ? xmax(done) : Math.max(xmax(done), xmax(paging.next));
    }

    /** {@return the first transaction id that a snapshot has not seen assigned} */
    static long xmax(String snapshot) {
        return Long.parseLong(snapshot.split(":", -1)[1]);
    }

    /** {@return the transactions that were running when a snapshot was taken} */
    static Object[] running(String snapshot) {
        String running = snapshot.split(":", -1)[2];
        return running.isEmpty()
                ? new Object[0]
                : Arrays.stream(running.split(",")).map(Long::valueOf).toArray();
    }
}
