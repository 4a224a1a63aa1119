package dev.outbox.relay.internal.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.UnpublishableEventException;

/**
 * An event that was refused when it was released: it and all later ones of its aggregate stay parked.
 *
 * @param aggregate the aggregate
 * @param seq the event
 * @param reason why it was refused
 */
public record Refused(AggregateRef aggregate, long seq, String reason) {

    static Refused of(UnpublishableEventException refusal) {
        return new Refused(refusal.row().event().aggregate(), refusal.row().seq(), refusal.reason());
    }
}
