package dev.outbox.relay.internal.lane;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.parking.Admitted;
import dev.outbox.relay.internal.parking.LaneParking;
import java.util.List;

/**
 * Where a lane sends its events: to the broker, or aside.
 *
 * @param publisher the broker
 * @param parking what is set aside
 */
public record LaneSender(EventPublisher publisher, LaneParking parking) {

    Admitted admit(List<OutboxRow> page) {
        return parking.admit(page, publisher::check);
    }

    void send(OutboxRow row, Acks acks) {
        publisher.send(row, acks);
    }

    /** Nothing that was handed over is sent any longer, and what should have been set aside is not. */
    void reset() {
        parking.forget();
        publisher.reset();
    }
}
