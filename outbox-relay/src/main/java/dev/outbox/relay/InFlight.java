package dev.outbox.relay;

import dev.outbox.store.OutboxPage;
import dev.outbox.store.Position;
import dev.outbox.store.ReadBudget;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The pages on their way to the broker, oldest first, and the position that trails them: it passes a page only when that
 * page and all before it are wholly acknowledged. For one thread; acks may come from another.
 */
final class InFlight {

    private final Deque<InFlightPage> pages = new ArrayDeque<>();
    private final ReadBudget page;
    private final int maxPages;
    private final Runnable settled;
    private AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private Position acknowledged = Position.START;
    private Aside aside = Aside.NOTHING;
    private int rows;
    private long bytes;

    /**
     * @param page budget of one page
     * @param maxPages how many full pages may be in flight, in rows as in bytes; of smaller pages there may be more
     * @param settled called when a page is wholly acknowledged or has failed, by the broker's thread
     */
    InFlight(ReadBudget page, int maxPages, Runnable settled) {
        this.page = page;
        this.maxPages = maxPages;
        this.settled = settled;
    }

    /** Forgets what is in flight; answers that still come are not heard. The position stays. */
    void abandon() {
        pages.clear();
        failure = new AtomicReference<>();
        rows = 0;
        bytes = 0;
    }

    /** Forgets what is in flight and begins at a durable position. */
    void restartAt(Position position) {
        abandon();
        acknowledged = position;
        aside = Aside.NOTHING;
    }

    boolean hasRoom() {
        return rows + page.rows() <= maxPages * page.rows() && bytes + page.bytes() <= maxPages * page.bytes();
    }

    /**
     * Adds a page.
     *
     * @param read what is sent of it, and its end
     * @param beside what becomes of the rest
     * @return the page in flight, or null if it has neither
     */
    @Nullable
    InFlightPage add(OutboxPage read, Aside beside, long now) {
        if (read.rows().isEmpty() && beside.isNothing()) {
            InFlightPage last = pages.peekLast();
            if (last == null) {
                acknowledged = read.end();
            } else {
                last.endAt(read.end());
            }
            return null;
        }
        InFlightPage added = new InFlightPage(read, beside, now, failure, settled);
        pages.addLast(added);
        rows += added.rows();
        bytes += added.bytes();
        return added;
    }

    /** Moves the position over the acknowledged pages, up to the first that is not. {@return whether it has moved} */
    boolean settle() {
        int before = pages.size();
        while (!pages.isEmpty() && pages.getFirst().isAcknowledged()) {
            InFlightPage done = pages.removeFirst();
            acknowledged = done.end();
            aside = aside.and(done.aside());
            rows -= done.rows();
            bytes -= done.bytes();
        }
        return pages.size() < before;
    }

    @Nullable
    RuntimeException failure() {
        return failure.get();
    }

    boolean isEmpty() {
        return pages.isEmpty();
    }

    int rows() {
        return rows;
    }

    /** {@return every event before it is acknowledged} */
    Position acknowledged() {
        return acknowledged;
    }

    /** {@return where the last page in flight ends, or else the position} */
    Position end() {
        InFlightPage last = pages.peekLast();
        return last == null ? acknowledged : last.end();
    }

    /** {@return whether something is on its way that was parked before, to the broker or out of the table} */
    boolean isReleasing() {
        return aside.isRelease() || pages.stream().anyMatch(page -> page.aside().isRelease());
    }

    /** {@return the topics of the oldest page in flight} */
    Set<String> oldestTopics() {
        InFlightPage oldest = pages.peekFirst();
        return oldest == null ? Set.of() : oldest.topics();
    }

    /** {@return what has to change with the position, in the transaction that saves it} */
    Aside aside() {
        return aside;
    }

    /** The position is durable, and with it what had to change. */
    void saved() {
        aside = Aside.NOTHING;
    }

    /** {@return when the first event in flight was raised, by the clock of its service, or null} */
    @Nullable
    Instant oldestRaisedAt() {
        InFlightPage oldest = pages.peekFirst();
        return oldest == null ? null : oldest.raisedAt();
    }

    /** {@return since when the oldest page has been in flight, or null} */
    @Nullable
    Long oldestSentAt() {
        InFlightPage oldest = pages.peekFirst();
        return oldest == null ? null : oldest.sentAt();
    }
}
