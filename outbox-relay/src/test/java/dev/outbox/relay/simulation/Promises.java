package dev.outbox.relay.simulation;

import dev.outbox.relay.lane.Lease;
import dev.outbox.store.OutboxRow;
import dev.outbox.store.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What must hold whatever goes wrong. It watches the topic and the lane itself and believes no relay.
 *
 * <ol>
 *   <li>Nothing committed is lost: in the end all of it is in the topic, and the position lies behind it.
 *   <li>Nothing is invented: what is in the topic was committed before it came there.
 *   <li>The first occurrences of the events of an aggregate come as 1, 2, 3, ...
 *   <li>The durable position lies before every event that is not in the topic. It is moved under the current epoch alone,
 *       and back only by a statement that took effect after its failure had been reported.
 *   <li>Nothing is sent once the lease is over, as far as the sender's clock could tell.
 * </ol>
 */
final class Promises {

    private final World world;
    private final ModelDatabase database;
    private final Map<UUID, StoredEvent> written = new HashMap<>();
    private final Set<UUID> published = new HashSet<>();
    private final Map<String, Long> lastOf = new HashMap<>();
    private @Nullable Lease lastGiven;
    private long leaseUntil;
    private Position position = Position.START;
    private int repetitions;
    private int leases;

    Promises(World world, ModelDatabase database) {
        this.world = world;
        this.database = database;
    }

    void written(StoredEvent event) {
        written.put(event.row().event().id(), event);
    }

    void published(OutboxRow row) {
        StoredEvent event = written.get(row.event().id());
        if (event == null || !event.transaction().isCommitted()) {
            throw new BrokenPromise("%s is in the topic and was not committed".formatted(event == null ? row : event));
        }
        if (!published.add(row.event().id())) {
            repetitions++;
            return;
        }
        long expected = lastOf.getOrDefault(event.aggregate(), 0L) + 1;
        if (row.aggregateSeq() != expected) {
            throw new BrokenPromise("%s is in the topic before number %d of its aggregate".formatted(event, expected));
        }
        lastOf.put(event.aggregate(), expected);
    }

    void given(Lease lease, long until) {
        if (lastGiven != null && world.now() < leaseUntil) {
            throw new BrokenPromise("%s is given away while %s lives".formatted(lease, lastGiven));
        }
        lastGiven = lease;
        leaseUntil = until;
        leases++;
    }

    Lease lastGiven() {
        if (lastGiven == null) {
            throw new IllegalStateException("No relay has had the lane yet");
        }
        return lastGiven;
    }

    void saved(Lease lease, Position saved, long until) {
        if (lease.epoch() != lastGiven().epoch()) {
            throw new BrokenPromise("%s moves the position under an old epoch, to %s".formatted(lease, saved));
        }
        for (StoredEvent event : database.committed()) {
            if (event.isBefore(saved) && !isPublished(event)) {
                throw new BrokenPromise("Position %s has passed %s, which is not in the topic".formatted(saved, event));
            }
            if (event.isBefore(position)
                    && !event.isBefore(saved)
                    && !world.plan().faults().contains(Fault.STATEMENT_FAILS)) {
                throw new BrokenPromise(
                        "Position %s lies before %s, unlike the last one, %s".formatted(saved, event, position));
            }
        }
        position = saved;
        leaseUntil = until;
    }

    /** A relay that can trust its clock hands an event to its producer. */
    void sending(String owner, OutboxRow row) {
        if (!lastGiven().owner().equals(owner) || world.now() >= leaseUntil) {
            throw new BrokenPromise("%s sends %s after its lease is over".formatted(owner, row));
        }
    }

    boolean areAllPublished() {
        return database.committed().stream().allMatch(event -> isPublished(event) && event.isBefore(position));
    }

    /** To be asked when all has had time to settle. */
    void settled() {
        for (StoredEvent event : database.committed()) {
            if (!isPublished(event)) {
                throw new BrokenPromise("%s was committed and is not in the topic".formatted(event));
            }
            if (!event.isBefore(position)) {
                throw new BrokenPromise(
                        "%s is in the topic and the position %s does not pass it".formatted(event, position));
            }
        }
        if (world.plan().faults().isEmpty() && repetitions > 0) {
            throw new BrokenPromise("%d events were repeated, and nothing had gone wrong".formatted(repetitions));
        }
    }

    int events() {
        return published.size();
    }

    int repetitions() {
        return repetitions;
    }

    int leases() {
        return leases;
    }

    private boolean isPublished(StoredEvent event) {
        return published.contains(event.row().event().id());
    }
}
