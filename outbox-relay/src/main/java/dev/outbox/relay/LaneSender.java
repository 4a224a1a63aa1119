package dev.outbox.relay;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.store.OutboxRow;
import java.util.List;

/**
 * The way out of a lane: to the broker, or aside.
 *
 * @param publisher the broker
 * @param parking what is kept aside
 */
record LaneSender(EventPublisher publisher, LaneParking parking) {

    Admission admit(List<OutboxRow> page) {
        return parking.admit(page, publisher::check);
    }

    void send(OutboxRow row, Acks acks) {
        publisher.send(row, acks);
    }

    /** Nothing that was handed over leaves any more, and what was to be put aside is not. */
    void reset() {
        parking.forget();
        publisher.reset();
    }
}
