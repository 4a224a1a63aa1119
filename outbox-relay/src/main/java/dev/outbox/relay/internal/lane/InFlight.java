package dev.outbox.relay.internal.lane;

import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.metrics.SentPage;
import dev.outbox.relay.internal.parking.Aside;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The pages on their way to the broker, oldest first, and the position that follows them. The position passes a page only
 * when that page and all pages before it are fully acknowledged. For use by a single thread; acks may come from another.
 */
public final class InFlight {

    private final Deque<InFlightPage> pages = new ArrayDeque<>();
    private final ReadBudget page;
    private final int maxPages;
    private final Runnable settled;
    private final SentPage.Observer observer;
    private AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private Position acknowledged = Position.START;
    private Aside aside = Aside.NOTHING;
    private boolean progress;
    private int rows;
    private long bytes;

    /**
     * @param page budget of one page
     * @param maxPages how many full pages may be in flight, measured in rows and in bytes; there may be more pages if they
     *     are smaller
     * @param settled called by the broker's thread when a page is fully acknowledged or has failed
     */
    public InFlight(ReadBudget page, int maxPages, Runnable settled) {
        this(page, maxPages, settled, rows -> SentPage.UNOBSERVED);
    }

    /**
     * @param observer learns what becomes of each page that has events to send
     */
    public InFlight(ReadBudget page, int maxPages, Runnable settled, SentPage.Observer observer) {
        this.page = page;
        this.maxPages = maxPages;
        this.settled = settled;
        this.observer = observer;
    }

    /** Forgets what is in flight and ignores answers that still arrive. The position stays. */
    void abandon() {
        pages.clear();
        failure = new AtomicReference<>();
        rows = 0;
        bytes = 0;
    }

    /** Forgets what is in flight and starts at a durable position. */
    void restartAt(Position position) {
        abandon();
        acknowledged = position;
        saved();
    }

    boolean hasRoom() {
        return rows + page.rows() <= maxPages * page.rows() && bytes + page.bytes() <= maxPages * page.bytes();
    }

    /**
     * Adds a page.
     *
     * @param read the events to send, and the end of the page
     * @param beside what happens to the rest of the page
     * @return the page in flight, or null if it has nothing to send and no rest
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
        SentPage observed = read.rows().isEmpty() ? SentPage.UNOBSERVED : observer.sending(read.rows());
        InFlightPage added = new InFlightPage(read, beside, now, failure, settled, observed);
        pages.addLast(added);
        rows += added.rows();
        bytes += added.bytes();
        return added;
    }

    /**
     * Moves the position past the acknowledged pages, up to the first one that is not.
     *
     * @return whether it has moved
     */
    boolean settle() {
        int before = pages.size();
        while (!pages.isEmpty() && pages.getFirst().isAcknowledged()) {
            InFlightPage done = pages.removeFirst();
            acknowledged = done.end();
            aside = aside.and(done.aside());
            done.settled();
            rows -= done.rows();
            bytes -= done.bytes();
        }
        boolean moved = pages.size() < before;
        progress |= moved;
        return moved;
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

    /** {@return whether it has moved past a page since it was saved} */
    boolean hasProgress() {
        return progress;
    }

    /** {@return where the last page in flight ends, or else the position} */
    Position end() {
        InFlightPage last = pages.peekLast();
        return last == null ? acknowledged : last.end();
    }

    /** {@return whether an event that was parked before is on its way to the broker or out of the table} */
    boolean isReleasing() {
        return aside.isRelease() || pages.stream().anyMatch(page -> page.aside().isRelease());
    }

    /** {@return the topics of the oldest page in flight} */
    Set<String> oldestTopics() {
        InFlightPage oldest = pages.peekFirst();
        return oldest == null ? Set.of() : oldest.topics();
    }

    /** {@return the changes to make in the transaction that saves the position} */
    Aside aside() {
        return aside;
    }

    /** The position is durable, and so are the changes that belong to it. */
    void saved() {
        aside = Aside.NOTHING;
        progress = false;
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
