package dev.outbox.relay.internal.metrics;

import dev.outbox.relay.broker.OutboxRow;
import java.util.List;

/** Measures what one lane does. For use by the thread of the lane. */
public interface LaneMeters extends SentPage.Observer {

    /** Measures nothing. */
    LaneMeters NONE = new LaneMeters() {};

    /** Called after each pass. What only the owner of the lane knows is shown only while this relay owns it. */
    default void owns(boolean owned) {}

    /** The lane was lost. */
    default void lost(LaneLoss reason) {}

    /** This relay does not work on the lane any more. */
    default void ended() {}

    /** Events were set aside, and that is committed. */
    default void parked(ParkingKind kind, long events) {}

    /** Events that had been set aside had their turn, and that is committed. */
    default void released(ReleaseKind kind, long events) {}

    /** A page is about to be sent. */
    @Override
    default SentPage sending(List<OutboxRow> rows) {
        return SentPage.UNOBSERVED;
    }
}
