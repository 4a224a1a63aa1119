package dev.outbox.relay;

import dev.outbox.relay.log.OutboxRow;
import java.util.List;

/**
 * A page, split into the events to send and the rest.
 *
 * @param rows the events to send, in order
 * @param aside what else happens to the page when its position is saved
 */
record Admission(List<OutboxRow> rows, Aside aside) {}
