package dev.outbox.relay.internal.tail;

import dev.outbox.internal.failure.Causes;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.relay.internal.replication.Heartbeat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the stream: logs each change once, and keeps what health shows. Thread-safe. */
public final class TailMonitor implements EngineMonitor {

    private static final Logger log = LoggerFactory.getLogger(TailMonitor.class);

    private final String slot;
    private volatile @Nullable String waitsFor = "the stream has not been started";
    private volatile @Nullable Heartbeat last;

    /**
     * @param slot the name of the replication slot
     */
    public TailMonitor(String slot) {
        this.slot = slot;
    }

    /** The stream flows. */
    void flows() {
        String before = waitsFor;
        waitsFor = null;
        if (before != null) {
            log.info("The relay tails the write-ahead log by replication slot {}", slot);
        }
    }

    void beats(Heartbeat heartbeat) {
        last = heartbeat;
    }

    /** The relay cannot tail yet. */
    void waits(String reason) {
        if (!reason.equals(waitsFor)) {
            log.info("{}; until then, the relay polls the table", reason);
        }
        waitsFor = reason;
    }

    void failed(Throwable cause, boolean isNew) {
        String problem = "The write-ahead log cannot be tailed: " + Causes.inOneLine(cause);
        waitsFor = problem;
        if (isNew) {
            log.warn("{}; until that is fixed, the relay polls the table", problem, cause);
        }
    }

    @Override
    public String engine() {
        return "tail";
    }

    @Override
    public Optional<Heartbeat> heartbeat() {
        return Optional.ofNullable(last);
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("replicationSlot", slot);
        String reason = waitsFor;
        details.put("engine", reason == null ? "tail" : "poll");
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
}
