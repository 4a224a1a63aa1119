package dev.outbox.relay;

import dev.outbox.store.OutboxRow;
import java.util.List;

/**
 * A page of what is released.
 *
 * @param rows parked events that can be sent, in order
 * @param aside what becomes of these and others when the position is saved
 * @param isLast whether there was no more of it in the table
 */
record Release(List<OutboxRow> rows, Aside aside, boolean isLast) {

    /** The topic that seemed to be back is not. */
    static final Release NOT_YET = new Release(List.of(), Aside.NOTHING, false);

    boolean isNothing() {
        return aside.isNothing();
    }
}
