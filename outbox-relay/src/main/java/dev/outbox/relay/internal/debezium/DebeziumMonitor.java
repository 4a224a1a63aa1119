package dev.outbox.relay.internal.debezium;

import dev.outbox.internal.failure.Causes;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.relay.internal.replication.Heartbeat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches what Debezium does: logs each change once, and keeps what health shows. Thread-safe. */
final class DebeziumMonitor implements EngineMonitor {

    private static final Logger log = LoggerFactory.getLogger(DebeziumMonitor.class);

    private final String slot;
    private final Duration stuckAfter;
    private final Ticker ticker;
    private volatile @Nullable String problem = "the replication slot has not been looked at";
    private volatile @Nullable Heartbeat last;
    private volatile @Nullable Long unreadSince;
    private volatile boolean follows;

    /**
     * @param slot the name of the replication slot
     * @param stuckAfter how long nobody may read from it before this is reported
     */
    DebeziumMonitor(String slot, Duration stuckAfter, Ticker ticker) {
        this.slot = slot;
        this.stuckAfter = stuckAfter;
        this.ticker = ticker;
    }

    /**
     * @param isRead whether there is a session that reads from the slot
     * @param isFollowed whether the lanes leave their events to Debezium
     */
    void beats(Heartbeat heartbeat, boolean isRead, boolean isFollowed) {
        last = heartbeat;
        problem = null;
        if (isRead) {
            unreadSince = null;
        } else if (unreadSince == null) {
            unreadSince = ticker.nanos();
        }
        if (isFollowed && !follows) {
            log.info("Debezium publishes the events, by replication slot {}; the relay follows it", slot);
        }
        follows = isFollowed;
    }

    /** There is no replication slot to follow. */
    void isGone(Heartbeat heartbeat, String reason) {
        last = heartbeat;
        if (!reason.equals(problem)) {
            log.warn("{}. The relay publishes the events itself, from the table, until Debezium has one again", reason);
        }
        problem = reason;
        unreadSince = null;
        follows = false;
    }

    void failed(Throwable cause, boolean isNew) {
        problem = "it is not known how far Debezium has come: " + Causes.inOneLine(cause);
        if (isNew) {
            log.warn("It is not known how far Debezium has come: {}", Causes.inOneLine(cause), cause);
        }
    }

    @Override
    public String engine() {
        return "debezium";
    }

    @Override
    public Optional<Heartbeat> heartbeat() {
        return Optional.ofNullable(last);
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("replicationSlot", slot);
        details.put("publishes", follows ? "debezium" : "relay");
        String reason = problem;
        if (reason != null) {
            details.put("because", reason);
        }
        Heartbeat heartbeat = last;
        if (heartbeat != null) {
            details.put("retainedBytes", heartbeat.retainedBytes());
            details.put("walStatus", String.valueOf(heartbeat.walStatus()));
        }
        return details;
    }

    @Override
    public Optional<String> trouble() {
        String reason = problem;
        if (reason != null) {
            return Optional.of(reason);
        }
        Long since = unreadSince;
        if (since == null || ticker.nanos() - since <= stuckAfter.toNanos()) {
            return Optional.empty();
        }
        return Optional.of("nobody has read replication slot %s for %s; does the connector run?"
                .formatted(slot, Duration.ofSeconds((ticker.nanos() - since) / 1_000_000_000)));
    }
}
