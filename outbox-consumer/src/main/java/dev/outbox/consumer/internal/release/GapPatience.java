package dev.outbox.consumer.internal.release;

import dev.outbox.consumer.internal.parking.InboxParkingStore;
import dev.outbox.consumer.internal.processing.InboxConsumers;
import dev.outbox.consumer.parking.InboxKey;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Stops waiting for missing events that have been waited for long enough, and continues without them. Several instances may do
 * this at the same time: the lock of the key lets one of them through at a time.
 */
public final class GapPatience implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(GapPatience.class);

    private static final int KEYS = 100;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Duration patience;
    private final InboxParkingStore parking;
    private final InboxConsumers consumers;
    private final GapResumption resumption;
    private @Nullable ScheduledExecutorService executor;

    public GapPatience(
            Duration patience, InboxParkingStore parking, InboxConsumers consumers, GapResumption resumption) {
        this.patience = patience;
        this.parking = parking;
        this.consumers = consumers;
        this.resumption = resumption;
    }

    @Override
    public synchronized void start() {
        if (!isRunning()) {
            ScheduledExecutorService started =
                    Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "outbox-inbox-gaps"));
            executor = started;
            repeat(started);
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdown();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // run() throws nothing
    private void repeat(ScheduledExecutorService started) {
        Duration pause = patience.compareTo(LONGEST_PAUSE) < 0 ? patience : LONGEST_PAUSE;
        started.scheduleWithFixedDelay(this::run, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            for (InboxKey key : parking.gapsOlderThan(patience, KEYS)) {
                pass(key);
            }
        } catch (RuntimeException | Error failed) { // otherwise the schedule would end silently
            LOG.warn("Gaps that have been waited for long enough stay; they are looked at again later", failed);
        }
    }

    private void pass(InboxKey key) {
        if (consumers.find(key.consumer()) == null) {
            LOG.debug("{} is left to the service that has its consumer", key);
        } else if (resumption.pass(key)) {
            LOG.warn("What is missing of {} was waited for {}; it goes on without", key, patience);
        }
    }
}
