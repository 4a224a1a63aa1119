package dev.outbox.relay.internal.parking;

import dev.outbox.relay.broker.OutboxRow;
import java.util.List;

/**
 * A page, split into the events to send and the rest.
 *
 * @param rows the events to send, in order
 * @param aside what else happens to the page when its position is saved
 */
public record Admitted(List<OutboxRow> rows, Aside aside) {}
