package dev.outbox.relay.operations;

import dev.outbox.audit.AuditTrail;
import dev.outbox.relay.broker.PublishedRecords;
import dev.outbox.relay.broker.PublishingTarget;
import dev.outbox.relay.events.StoredEvents;
import dev.outbox.relay.lane.LaneBoard;
import dev.outbox.relay.lane.LaneTroubles;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.rebase.LaneRebase;
import dev.outbox.relay.replay.Replay;
import java.util.List;

/**
 * Everything that an operator sees of one outbox, and may do to it.
 *
 * @param name its name; that of the application if the process has one outbox only
 * @param lanes who publishes
 * @param troubles why lanes of this process do not move
 * @param events what the outbox has
 * @param records what is in Kafka, and who has read it
 * @param parked what is set aside, and the decisions about it
 * @param replay publishes once more
 * @param rebase what may be decided about positions that are not of this server
 * @param audit what has been decided
 * @param targets where its events go
 * @since 0.1.0
 */
public record OutboxOperations(
        String name,
        LaneBoard lanes,
        LaneTroubles troubles,
        StoredEvents events,
        PublishedRecords records,
        ParkedEvents parked,
        Replay replay,
        LaneRebase rebase,
        AuditTrail audit,
        List<PublishingTarget> targets) {

    /** Keeps an unmodifiable copy. */
    public OutboxOperations {
        targets = List.copyOf(targets);
    }
}
