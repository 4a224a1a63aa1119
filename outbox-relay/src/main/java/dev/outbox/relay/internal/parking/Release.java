package dev.outbox.relay.internal.parking;

import dev.outbox.relay.broker.OutboxRow;
import java.util.List;

/**
 * A page of events to release.
 *
 * @param rows parked events that can be sent, in order
 * @param aside what happens to these and other events when the position is saved
 * @param isLast whether the table had no more of them
 */
public record Release(List<OutboxRow> rows, Aside aside, boolean isLast) {

    /** Nothing can be done now, although the table has more: the topic is held again, or has events that are set aside. */
    static final Release NOT_YET = new Release(List.of(), Aside.NOTHING, false);

    public boolean isNothing() {
        return aside.isNothing();
    }
}
