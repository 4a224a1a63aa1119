package dev.outbox.relay.internal.log;

import org.jspecify.annotations.Nullable;

/**
 * How far the outbox has been read: a snapshot whose events are all done, and, while a backlog is paged, how far the events
 * between it and the next snapshot are done.
 *
 * @param done every event visible in this snapshot is done
 * @param paging the backlog being paged, or null
 */
public record Position(Snapshot done, @Nullable Paging paging) {

    /** Nothing is done yet. */
    public static final Position START = new Position(Snapshot.EMPTY, null);

    /**
     * Progress through the events that {@code next} sees and {@link Position#done()} does not, in order of {@code seq}.
     *
     * @param next the snapshot that will be done when the last page is done
     * @param seq events up to here are done
     * @param lastSeq no event of this backlog comes after it
     */
    public record Paging(Snapshot next, long seq, long lastSeq) {

        /**
         * @throws IllegalArgumentException if the progress is past the end
         */
        public Paging {
            if (seq > lastSeq) {
                throw new IllegalArgumentException("Paged to seq %d, beyond the end %d".formatted(seq, lastSeq));
            }
        }

        private boolean isOf(Paging other) {
            return next.equals(other.next) && lastSeq == other.lastSeq;
        }
    }

    /** {@return the position at which everything visible in the snapshot is done} */
    public static Position at(Snapshot snapshot) {
        return new Position(snapshot, null);
    }

    /** {@return the first transaction id that was not assigned yet when the content of the position was read} */
    public long xmax() {
        return paging == null ? done.xmax() : Math.max(done.xmax(), paging.next.xmax());
    }

    /**
     * {@return whether an event is done}
     *
     * @param xid the transaction that inserted it
     * @param seq its number
     */
    public boolean isPast(long xid, long seq) {
        return done.sees(xid)
                || (paging != null && seq <= paging.seq() && paging.next().sees(xid));
    }

    /**
     * {@return a position that is ahead of neither: what is done there is done at both}
     *
     * <p>What is done of an aggregate at one position is always the first part of its events. The same is true of what is
     * done at both positions, so reading on from the result repeats events and never leaves one out. Progress through a
     * backlog is kept if both page through the same one; otherwise the backlog is read from its beginning.
     */
    public Position sharedWith(Position other) {
        if (equals(other)) {
            return this;
        }
        if (paging != null && other.paging != null && done.equals(other.done) && paging.isOf(other.paging)) {
            return paging.seq() < other.paging.seq() ? this : other;
        }
        return at(done.sharedWith(other.done));
    }

    /**
     * {@return the position written as text}
     *
     * @throws IllegalArgumentException if the text is not a position
     */
    public static Position parse(String text) {
        String[] parts = text.split("\\|", -1);
        return switch (parts.length) {
            case 1 -> at(Snapshot.parse(parts[0]));
            case 4 ->
                new Position(
                        Snapshot.parse(parts[0]),
                        new Paging(Snapshot.parse(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3])));
            default ->
                throw new IllegalArgumentException(
                        "'%s' is not a position: snapshot, or snapshot|next|seq|lastSeq".formatted(text));
        };
    }

    /** {@return the text that {@link #parse} reads; the {@code position} column holds it} */
    @Override
    public String toString() {
        return paging == null
                ? done.toString()
                : done + "|" + paging.next() + "|" + paging.seq() + "|" + paging.lastSeq();
    }
}
