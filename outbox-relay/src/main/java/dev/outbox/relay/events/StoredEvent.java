package dev.outbox.relay.events;

import dev.outbox.relay.broker.OutboxRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that the outbox still has.
 *
 * @param row the event
 * @param lane the lane that publishes it
 * @param stage how far it has come
 * @param reason why it is parked or held; null if it is not, or only waits behind another event of its key
 * @param since since when it is parked or held, or null
 * @since 0.1.0
 */
public record StoredEvent(
        OutboxRow row,
        int lane,
        EventStage stage,
        @Nullable String reason,
        @Nullable Instant since) {

    /** {@return its place in the order in which events are listed} */
    public EventPlace place() {
        return new EventPlace(row.event().time(), row.seq());
    }
}
