package dev.outbox.chaos.oracle;

import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Position.Paging;
import dev.outbox.relay.internal.log.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the writes of the lanes' rows. An epoch belongs to the relay that began it: nobody else may write under it,
 * least of all one that had the lane before and slept. Positions never go back.
 */
public final class Fencing {

    private final Map<Integer, Held> lanes = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** Nobody holds a lane that has just been made. */
    private record Held(LaneRow row, @Nullable String holder) {}

    private Fencing() {}

    /** {@return what is wrong, a line each; empty if nothing is; the writes of a lane in the order in which they were made} */
    public static List<String> violations(List<LaneRow> writes) {
        Fencing fencing = new Fencing();
        writes.forEach(fencing::check);
        return fencing.violations;
    }

    /** {@return how many epochs began} */
    public static long acquisitions(List<LaneRow> writes) {
        return writes.stream()
                .filter(row -> row.owner() != null)
                .map(row -> List.of(row.lane(), row.epoch()))
                .distinct()
                .count();
    }

    private void check(LaneRow row) {
        Held held = row.isNew() ? null : lanes.get(row.lane());
        // The first write of a lane that was there before the writes were noted is that of its first owner.
        lanes.put(row.lane(), held == null ? new Held(row, row.isNew() ? null : row.writer()) : next(held, row));
    }

    private Held next(Held held, LaneRow row) {
        LaneRow last = held.row();
        if (!covers(row.position(), last.position())) {
            violations.add("went back: %s after %s".formatted(row, last));
        }
        if (row.epoch() == last.epoch() + 1) {
            return new Held(row, row.writer());
        }
        if (row.epoch() != last.epoch()) {
            violations.add("epoch: %s after %s".formatted(row, last));
        } else if (!row.writer().equals(held.holder())) {
            violations.add("not fenced: %s, whose epoch began %s".formatted(row, held.holder()));
        }
        return new Held(row, held.holder());
    }

    /** {@return whether all that is done at the earlier position is done at the later one} */
    static boolean covers(Position later, Position earlier) {
        Paging from = earlier.paging();
        Paging to = later.paging();
        if (from == null) {
            return covers(later.done(), earlier.done());
        }
        boolean pagesOn = to != null
                && later.done().equals(earlier.done())
                && to.next().equals(from.next())
                && to.seq() >= from.seq();
        return pagesOn || covers(later.done(), from.next());
    }

    private static boolean covers(Snapshot later, Snapshot earlier) {
        return later.xmax() >= earlier.xmax()
                && later.running().stream()
                        .filter(transaction -> transaction < earlier.xmax())
                        .allMatch(earlier.running()::contains);
    }
}
