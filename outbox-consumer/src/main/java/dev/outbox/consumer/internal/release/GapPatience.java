package dev.outbox.consumer.internal.release;

import dev.outbox.consumer.internal.parking.InboxParkingStore;
import dev.outbox.consumer.internal.processing.InboxConsumers;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops waiting for missing events that have been waited for long enough, and continues without them. Several instances may do
 * this at the same time: the lock of the key lets one of them through at a time.
 */
public final class GapPatience extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(GapPatience.class);

    private static final int KEYS = 100;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Duration patience;
    private final InboxParkingStore parking;
    private final InboxConsumers consumers;
    private final GapResumption resumption;

    public GapPatience(
            Duration patience, InboxParkingStore parking, InboxConsumers consumers, GapResumption resumption) {
        super("outbox-inbox-gaps");
        this.patience = patience;
        this.parking = parking;
        this.consumers = consumers;
        this.resumption = resumption;
    }

    @Override
    protected Duration firstPause() {
        return patience.compareTo(LONGEST_PAUSE) < 0 ? patience : LONGEST_PAUSE;
    }

    @Override
    protected Duration pass() {
        parking.gapsOlderThan(patience, KEYS).forEach(this::pass);
        return firstPause();
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isNew) {
            LOG.warn("Gaps whose waiting time is over could not be passed; this is tried again later", failure);
        }
        return firstPause();
    }

    private void pass(InboxKey key) {
        if (consumers.find(key.consumer()) == null) {
            LOG.debug("{} is left to the service that has its consumer", key);
        } else if (resumption.pass(key)) {
            LOG.warn("{} goes on without the missing event, after waiting {}", key, patience);
        }
    }
}
