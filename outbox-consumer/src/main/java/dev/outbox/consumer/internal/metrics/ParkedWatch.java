package dev.outbox.consumer.internal.metrics;

import dev.outbox.consumer.internal.parking.ParkedBacklog;
import dev.outbox.consumer.internal.parking.ParkedBacklogs;
import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how much of each consumer is parked, so that nobody who reads a meter asks the database. It looks again soon after this
 * process has parked, released or discarded something, and now and then because others may have. A look that takes long makes
 * the next one wait longer. Thread-safe.
 */
final class ParkedWatch extends BackgroundLoop {

    /** What other processes do is seen after this time. */
    static final Duration AT_LEAST_EVERY = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ParkedWatch.class);

    private static final Duration TICK = Duration.ofSeconds(1);

    /** The part of the time that looks may take. */
    private static final int SHARE = 20;

    private final ParkedBacklogs backlogs;
    private final LongSupplier nanos;
    private final Map<String, Watched> consumers = new ConcurrentHashMap<>();

    ParkedWatch(ParkedBacklogs backlogs, LongSupplier nanos) {
        super("outbox-parked-watch");
        this.backlogs = backlogs;
        this.nanos = nanos;
    }

    /** Watches a consumer from now on. */
    void watch(String consumer) {
        consumers.computeIfAbsent(consumer, added -> new Watched());
    }

    /** This process has changed what is parked. */
    void changed(String consumer) {
        Watched watched = consumers.get(consumer);
        if (watched != null) {
            watched.changed = true;
        }
    }

    /** {@return how many events of a consumer are parked; not a number before the first look} */
    double events(String consumer) {
        Look last = last(consumer);
        return last == null ? Double.NaN : last.backlog.events();
    }

    /** {@return for how many seconds the oldest of them has been parked} */
    double age(String consumer) {
        Look last = last(consumer);
        if (last == null) {
            return Double.NaN;
        }
        return last.backlog.events() == 0
                ? 0
                : last.backlog.age().plusNanos(nanos.getAsLong() - last.at).toMillis() / 1000.0;
    }

    private @Nullable Look last(String consumer) {
        Watched watched = consumers.get(consumer);
        return watched == null ? null : watched.last;
    }

    @Override
    protected Duration pass() {
        consumers.forEach(this::lookIfDue);
        return TICK;
    }

    private void lookIfDue(String consumer, Watched watched) {
        Look last = watched.last;
        long now = nanos.getAsLong();
        boolean isDue = last == null
                || now - last.at >= AT_LEAST_EVERY.toNanos()
                || (watched.changed && now - last.at >= SHARE * last.took);
        if (isDue) {
            // Before the look, so that no change after it is missed.
            watched.changed = false;
            ParkedBacklog found = backlogs.of(consumer);
            watched.last = new Look(found, now, nanos.getAsLong() - now);
        }
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isNew) {
            LOG.info("How much is parked is not known at the moment; the meters show what was there before", failure);
        }
        return TICK;
    }

    @Override
    protected boolean isDaemon() {
        return true;
    }

    private static final class Watched {

        private volatile boolean changed;
        private volatile @Nullable Look last;
    }

    private record Look(ParkedBacklog backlog, long at, long took) {}
}
