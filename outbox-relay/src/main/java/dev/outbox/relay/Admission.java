package dev.outbox.relay;

import dev.outbox.store.OutboxRow;
import java.util.List;

/**
 * A page, divided.
 *
 * @param rows the events to send, in order
 * @param aside what else becomes of the page when its position is saved
 */
record Admission(List<OutboxRow> rows, Aside aside) {}
