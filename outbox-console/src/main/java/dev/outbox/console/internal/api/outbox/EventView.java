package dev.outbox.console.internal.api.outbox;

import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.events.EventStage;
import dev.outbox.relay.events.StoredEvent;
import dev.outbox.relay.parking.ParkedEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event without its payload and its headers.
 *
 * @param id its id
 * @param seq its number in the outbox
 * @param type what happened
 * @param version version of the payload
 * @param aggregateType kind of its aggregate
 * @param aggregateId id of its aggregate, which is the key of its record
 * @param sequence its number within the aggregate
 * @param topic where it goes
 * @param source who has raised it
 * @param raisedAt when, by the clock of its service
 * @param contentType of the payload
 * @param bytes size of the payload
 * @param trace the trace in which it was raised, or null
 * @param lane the lane that publishes it, or null if that is not asked for
 * @param stage how far it has come
 * @param reason why it is parked or held; null if it is not, or only waits behind another event
 * @param since since when it is parked or held, or null
 */
public record EventView(
        UUID id,
        long seq,
        String type,
        int version,
        String aggregateType,
        String aggregateId,
        long sequence,
        String topic,
        String source,
        Instant raisedAt,
        String contentType,
        int bytes,
        @Nullable String trace,
        @Nullable Integer lane,
        EventStage stage,
        @Nullable String reason,
        @Nullable Instant since) {

    /** {@return what the API shows of an event that was found} */
    public static EventView of(StoredEvent event) {
        return of(event.row(), event.lane(), event.stage(), event.reason(), event.since());
    }

    /** {@return what the API shows of a parked event} */
    public static EventView of(ParkedEvent event) {
        return of(event.row(), null, EventStage.PARKED, event.reason(), event.parkedAt());
    }

    private static EventView of(
            OutboxRow row, @Nullable Integer lane, EventStage stage, @Nullable String reason, @Nullable Instant since) {
        EventEnvelope event = row.event();
        return new EventView(
                event.id(),
                row.seq(),
                event.type().name(),
                event.type().version(),
                event.aggregate().type(),
                event.aggregate().id(),
                row.aggregateSeq(),
                event.topic(),
                event.source(),
                event.time(),
                event.payload().contentType(),
                event.payload().size(),
                trace(event.headers().get(EventHeaders.TRACE_PARENT)),
                lane,
                stage,
                reason,
                since);
    }

    private static @Nullable String trace(@Nullable String traceParent) {
        String[] parts = traceParent == null ? new String[0] : traceParent.split("-", -1);
        return parts.length < 3 ? null : parts[1];
    }
}
