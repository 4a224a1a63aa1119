package dev.outbox.relay.retention;

import dev.outbox.internal.loop.BackgroundLoop;
import dev.outbox.relay.internal.slot.SlotResult;
import dev.outbox.relay.internal.slot.SlotResult.Busy;
import dev.outbox.relay.internal.slot.SlotResult.Truncated;
import dev.outbox.relay.internal.slot.SlotResult.Unpublished;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the retention again and again, on its own thread, and logs what it did. */
final class RetentionLoop extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(RetentionLoop.class);

    private final Retention retention;
    private final RetentionMonitor monitor;
    private final Duration interval;

    RetentionLoop(Retention retention, RetentionMonitor monitor, Duration interval) {
        super("outbox-retention");
        this.retention = retention;
        this.monitor = monitor;
        this.interval = interval;
    }

    @Override
    protected Duration firstPause() {
        return interval;
    }

    @Override
    protected Duration pass() {
        List<SlotResult> results = retention.runOnce();
        monitor.passed(results);
        report(results);
        return interval;
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        monitor.failed();
        if (isNew) {
            log.warn(
                    "Published events could not be removed from the outbox; they stay until that is fixed."
                            + " Does the database answer, and may this user truncate the partitions of outbox_event?",
                    failure);
        }
        return interval;
    }

    private void report(List<SlotResult> results) {
        for (SlotResult result : results) {
            if (result instanceof Truncated truncated) {
                log.info("Removed the published events of slot {}, {} bytes", truncated.slot(), truncated.bytes());
            } else if (result instanceof Unpublished unpublished) {
                log.debug("Slot {} is not removed: {}", unpublished.slot(), unpublished.reason());
            } else if (result instanceof Busy busy && isTold(retention.busyRuns(busy.slot()))) {
                log.warn(
                        "The published events of slot {} stay in the outbox: somebody has read or written"
                                + " outbox_event_{} at each of {} attempts. Look for a transaction that stays open for a long time.",
                        busy.slot(),
                        busy.slot(),
                        retention.busyRuns(busy.slot()));
            } else {
                log.debug("{}", result);
            }
        }
    }

    /** True after the first wait that failed, and each time the slot has been in use for twice as many runs. */
    private static boolean isTold(int busyRuns) {
        return busyRuns > Retention.PATIENT_RUNS && Integer.bitCount(busyRuns) == 1;
    }
}
