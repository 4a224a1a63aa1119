package dev.outbox.relay.internal.log;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What one PostgreSQL snapshot could see, in the notation of {@code pg_snapshot}: {@code xmin:xmax:xip,xip,...}.
 *
 * <p>A transaction is visible in it if its id is below {@code xmax} and not among those that were {@code running}.
 *
 * @param xmin the oldest transaction that was running; all before it are finished
 * @param xmax beyond the last transaction that had ended; a running one can have a higher id
 * @param running top-level transactions between the two that were running, ascending
 */
public record Snapshot(long xmin, long xmax, List<Long> running) {

    /** Sees nothing: every transaction comes after it. */
    public static final Snapshot EMPTY = new Snapshot(1, 1, List.of());

    /**
     * @throws IllegalArgumentException if the bounds are not ordered
     */
    public Snapshot {
        if (xmin < 1 || xmax < xmin) {
            throw new IllegalArgumentException("Snapshot %d:%d is not 1 <= xmin <= xmax".formatted(xmin, xmax));
        }
        running = List.copyOf(running);
    }

    /**
     * {@return the snapshot written as text}
     *
     * @throws IllegalArgumentException if the text is not a {@code pg_snapshot}
     */
    public static Snapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'%s' is not a snapshot xmin:xmax:xip,...".formatted(text));
        }
        List<Long> running = parts[2].isEmpty()
                ? List.of()
                : Arrays.stream(parts[2].split(",")).map(Long::valueOf).toList();
        return new Snapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
    }

    /** {@return what both snapshots can see: a transaction is visible in the result if it is in each of them} */
    Snapshot sharedWith(Snapshot other) {
        long sharedXmax = Math.min(xmax, other.xmax);
        List<Long> runningInEither = Stream.concat(running.stream(), other.running.stream())
                .filter(transaction -> transaction < sharedXmax)
                .sorted()
                .distinct()
                .toList();
        return new Snapshot(Math.min(xmin, other.xmin), sharedXmax, runningInEither);
    }

    /** {@return whether a transaction with this id is finished for the snapshot} */
    public boolean sees(long xid) {
        return xid < xmax && !running.contains(xid);
    }

    /** {@return whether everything that the other snapshot sees is seen by this one too} */
    public boolean covers(Snapshot other) {
        return xmax >= other.xmax && running.stream().noneMatch(other::sees);
    }

    /**
     * {@return a snapshot that sees these transactions as well, and nothing else in addition}
     *
     * <p>Ids between {@code xmax} and the highest of them count as running. Those that never raise an event do not matter: a
     * reader that looks for events of running transactions finds none.
     */
    public Snapshot with(Collection<Long> finished) {
        long highest = finished.stream().mapToLong(Long::longValue).max().orElse(0);
        long reached = Math.max(xmax, highest + 1);
        List<Long> others = LongStream.concat(
                        running.stream().mapToLong(Long::longValue), LongStream.range(xmax, reached))
                .filter(xid -> !finished.contains(xid))
                .boxed()
                .toList();
        return new Snapshot(xmin, reached, others);
    }

    /** {@return {@code xmin:xmax:xip,...}, as {@link #parse} reads it} */
    @Override
    public String toString() {
        return xmin + ":" + xmax + ":" + running.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
