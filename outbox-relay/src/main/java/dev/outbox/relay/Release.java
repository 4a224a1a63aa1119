package dev.outbox.relay;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.UnpublishableEventException;
import dev.outbox.store.OutboxRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next step of a release.
 *
 * @param aggregate the aggregate that is released
 * @param rows its first parked events, as far as they can be sent
 * @param refusal why the event behind them cannot, or null
 */
record Release(
        AggregateRef aggregate,
        List<OutboxRow> rows,
        @Nullable UnpublishableEventException refusal) {

    Aside aside() {
        return new Aside(List.of(), rows.stream().map(OutboxRow::seq).toList());
    }
}
