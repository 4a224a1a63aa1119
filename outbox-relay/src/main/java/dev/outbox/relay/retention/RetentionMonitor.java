package dev.outbox.relay.retention;

import dev.outbox.relay.internal.slot.SlotResult;
import dev.outbox.relay.internal.slot.SlotResult.Busy;
import dev.outbox.relay.internal.slot.SlotResult.Empty;
import dev.outbox.relay.internal.slot.SlotResult.Truncated;
import dev.outbox.relay.internal.slot.SlotResult.Unpublished;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows which slots keep their published events because others use them, and since when. A slot is forgotten once it was
 * free. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RetentionMonitor {

    /** A backup may read all tables for that long, which is no trouble. */
    static final Duration LONG = Duration.ofHours(3);

    private final SortedMap<Integer, Instant> inUseSince = new ConcurrentSkipListMap<>();
    private final Clock clock;
    private volatile @Nullable Instant failingSince;

    /** Starts without any known slots. */
    public RetentionMonitor(Clock clock) {
        this.clock = clock;
    }

    /** Records the results of a run. */
    public void passed(List<SlotResult> results) {
        failingSince = null;
        for (SlotResult result : results) {
            if (result instanceof Busy) {
                inUseSince.putIfAbsent(result.slot(), clock.instant());
            } else if (result instanceof Truncated || result instanceof Empty || result instanceof Unpublished) {
                inUseSince.remove(result.slot());
            }
        }
    }

    /** Records that a run has thrown an exception. */
    public void failed() {
        if (failingSince == null) {
            failingSince = clock.instant();
        }
    }

    /** {@return the slots that others were using at each attempt to empty them, and since when} */
    public SortedMap<Integer, Instant> slotsInUse() {
        return new TreeMap<>(inUseSince);
    }

    /** {@return what has kept published events in the outbox for a long time} */
    public List<String> troubles() {
        Instant now = clock.instant();
        Stream<String> inUse = slotsInUse().entrySet().stream()
                .filter(slot -> isLong(slot.getValue(), now))
                .map(slot ->
                        ("published events stay in slot %d: somebody has used outbox_event_%d at each attempt to empty it"
                                        + " since %s; look for a transaction that stays open for a long time")
                                .formatted(slot.getKey(), slot.getKey(), slot.getValue()));
        Instant failing = failingSince;
        Stream<String> failed = failing != null && isLong(failing, now)
                ? Stream.of(
                        ("published events stay in the outbox: each attempt to remove them has failed since %s; the log"
                                        + " says why")
                                .formatted(failing))
                : Stream.empty();
        return Stream.concat(inUse, failed).toList();
    }

    private static boolean isLong(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(LONG) > 0;
    }
}
