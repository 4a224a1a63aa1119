package dev.outbox.relay.internal.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.UnpublishableEventException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events of a page that would be refused, as long as it is not certain that the page is admitted. */
final class PageRefusals {

    private final List<UnpublishableEventException> skipped = new ArrayList<>();

    /** The first one of each aggregate. */
    private final Map<AggregateRef, UnpublishableEventException> parked = new LinkedHashMap<>();

    void skip(UnpublishableEventException refusal) {
        skipped.add(refusal);
    }

    void park(UnpublishableEventException refusal) {
        parked.merge(
                refusal.row().event().aggregate(),
                refusal,
                (first, second) -> first.row().seq() < second.row().seq() ? first : second);
    }

    /** {@return whether an earlier event of its aggregate would be parked, or this one} */
    boolean parks(OutboxRow row) {
        UnpublishableEventException refusal = parked.get(row.event().aggregate());
        return refusal != null && refusal.row().seq() <= row.seq();
    }

    List<UnpublishableEventException> skipped() {
        return skipped;
    }

    Map<AggregateRef, UnpublishableEventException> parked() {
        return parked;
    }
}
