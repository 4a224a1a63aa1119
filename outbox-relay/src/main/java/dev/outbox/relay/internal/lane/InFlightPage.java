package dev.outbox.relay.internal.lane;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.metrics.SentPage;
import dev.outbox.relay.internal.parking.Aside;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A page on its way to the broker. Acks come from the broker's thread, all other calls from the relay's thread. */
final class InFlightPage implements Acks {

    private final int rows;
    private final long bytes;
    private final Set<String> topics;
    private final @Nullable Instant raisedAt;
    private final long sentAt;
    private final AtomicInteger open;
    private final AtomicReference<@Nullable RuntimeException> failure;
    private final Runnable settled;
    private final Aside aside;
    private final SentPage observed;
    private Position end;

    InFlightPage(
            OutboxPage page,
            Aside aside,
            long sentAt,
            AtomicReference<@Nullable RuntimeException> failure,
            Runnable settled,
            SentPage observed) {
        this.topics = page.rows().stream().map(row -> row.event().topic()).collect(Collectors.toUnmodifiableSet());
        this.rows = page.rows().size();
        this.bytes = page.bytes();
        this.raisedAt = rows == 0 ? null : page.rows().get(0).event().time();
        this.aside = aside;
        this.sentAt = sentAt;
        this.open = new AtomicInteger(rows);
        this.failure = failure;
        this.settled = settled;
        this.observed = observed;
        this.end = page.end();
    }

    @Override
    public void acknowledged() {
        // Only the last one of them is told, and before the lane can see it.
        if (open.get() == 1) {
            observed.acknowledged();
        }
        if (open.decrementAndGet() == 0) {
            settled.run();
        }
    }

    @Override
    public void failed(PublishingFailedException cause) {
        fail(cause);
    }

    /** Keeps only the first failure in flight, which is the one to report. */
    void fail(RuntimeException cause) {
        if (failure.compareAndSet(null, cause)) {
            settled.run();
        }
    }

    /** The position has passed it. */
    void settled() {
        observed.published();
    }

    boolean isAcknowledged() {
        return open.get() == 0;
    }

    /** An empty page after this one only moves the end. */
    void endAt(Position later) {
        end = later;
    }

    Position end() {
        return end;
    }

    Aside aside() {
        return aside;
    }

    int rows() {
        return rows;
    }

    Set<String> topics() {
        return topics;
    }

    long bytes() {
        return bytes;
    }

    /** {@return when its first event was raised, or null if none of its events is sent} */
    @Nullable
    Instant raisedAt() {
        return raisedAt;
    }

    long sentAt() {
        return sentAt;
    }
}
