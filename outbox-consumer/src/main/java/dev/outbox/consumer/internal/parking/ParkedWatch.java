package dev.outbox.consumer.internal.parking;

import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how much of each consumer is parked, so that nobody who reads a meter or the health asks the database. It looks again soon after this
 * process has parked, released or discarded something, and now and then because others may have. A look that takes long makes
 * the next one wait longer. Thread-safe.
 */
public final class ParkedWatch extends BackgroundLoop {

    /** What other processes do is seen after this time. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ParkedWatch.class);

    private static final Duration TICK = Duration.ofSeconds(1);

    /** The part of the time that looks may take. */
    private static final int SHARE = 20;

    private final ParkedBacklogs backlogs;
    private final LongSupplier nanos;
    private final Map<String, Watched> consumers = new ConcurrentHashMap<>();

    public ParkedWatch(ParkedBacklogs backlogs, LongSupplier nanos) {
        super("outbox-parked-watch");
        this.backlogs = backlogs;
        this.nanos = nanos;
    }

    /** Watches a consumer from now on. */
    public void watch(String consumer) {
        consumers.computeIfAbsent(consumer, added -> new Watched());
    }

    /** This process has changed what is parked. */
    public void changed(String consumer) {
        Watched watched = consumers.get(consumer);
        if (watched != null) {
            watched.changed = true;
        }
    }

    /** {@return how much of a consumer is parked now, as of the last look; nothing before the first one} */
    public Optional<ParkedBacklog> backlog(String consumer) {
        return Optional.ofNullable(last(consumer)).map(look -> look.at(nanos.getAsLong()));
    }

    /** {@return how many events of a consumer are parked; not a number before the first look} */
    public double events(String consumer) {
        return backlog(consumer).map(parked -> (double) parked.events()).orElse(Double.NaN);
    }

    /** {@return for how many seconds the oldest of them has been parked} */
    public double age(String consumer) {
        return backlog(consumer).map(parked -> parked.age().toMillis() / 1000.0).orElse(Double.NaN);
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

    private record Look(ParkedBacklog backlog, long at, long took) {

        /** What has been parked since then is not known, but the rest is older now. */
        ParkedBacklog at(long now) {
            return backlog.events() == 0
                    ? backlog
                    : new ParkedBacklog(backlog.events(), backlog.age().plusNanos(now - at));
        }
    }
}
