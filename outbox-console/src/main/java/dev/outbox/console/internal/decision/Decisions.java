package dev.outbox.console.internal.decision;

import dev.outbox.audit.AuditAction;
import dev.outbox.audit.AuditEntry;
import dev.outbox.audit.AuditedRequest;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.parking.ParkedSelection;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The decisions about parked events and positions. Each is one transaction together with its row in the audit, and is refused if
 * it would be about another number of events than the person saw. Thread-safe.
 */
public final class Decisions {

    /** Requests a release of the keys of a selection. Its row has the number of the release. */
    public AuditEntry release(OutboxOperations outbox, Asker asker, ParkedSelection selection, long seen) {
        return outbox.audit()
                .decide(
                        request(asker, AuditAction.RELEASE, subject(selection)),
                        Math.max(0, seen),
                        release -> same(seen, outbox.parked().release(selection, release)));
    }

    /** Requests that a release ends before its events are published. Asked for once more, it is about none. */
    public AuditEntry stop(OutboxOperations outbox, Asker asker, long release) {
        return decide(
                outbox,
                asker,
                AuditAction.STOP_RELEASE,
                "release " + release,
                () -> outbox.parked().stop(release));
    }

    /** Discards all parked events of the keys of a selection. */
    public AuditEntry discard(OutboxOperations outbox, Asker asker, ParkedSelection selection, long seen) {
        return decide(
                outbox, asker, AuditAction.DISCARD, subject(selection), seen, parked -> parked.discard(selection));
    }

    /**
     * Discards one parked event.
     *
     * @throws NotParkedException if it cannot be discarded
     */
    public AuditEntry discard(OutboxOperations outbox, Asker asker, UUID event) {
        return ofEvent(outbox, asker, AuditAction.DISCARD, event, parked -> parked.discard(event) ? 1 : 0);
    }

    /**
     * Gives a parked event another payload.
     *
     * @throws NotParkedException if it cannot be edited
     */
    public AuditEntry edit(OutboxOperations outbox, Asker asker, UUID event, byte[] payload) {
        return ofEvent(outbox, asker, AuditAction.EDIT, event, parked -> parked.edit(event, payload) ? 1 : 0);
    }

    /** Discards all events that wait for a topic. */
    public AuditEntry discardHeld(OutboxOperations outbox, Asker asker, String topic, long seen) {
        return decide(
                outbox, asker, AuditAction.DISCARD_HELD, "topic " + topic, seen, parked -> parked.discardHeld(topic));
    }

    /** Publishes again all that the outbox retains, because its positions are not of this server. */
    public AuditEntry republish(OutboxOperations outbox, Asker asker, long seenLanes) {
        return decide(
                outbox,
                asker,
                AuditAction.REPUBLISH,
                "all lanes",
                () -> same(seenLanes, outbox.rebase().republish()));
    }

    /** Takes the positions over to this server. */
    public AuditEntry keepPositions(OutboxOperations outbox, Asker asker, long seenLanes) {
        return decide(
                outbox,
                asker,
                AuditAction.KEEP_POSITIONS,
                "all lanes",
                () -> same(seenLanes, outbox.rebase().keep()));
    }

    private static AuditEntry decide(
            OutboxOperations outbox,
            Asker asker,
            AuditAction action,
            String subject,
            long seen,
            ToLongFunction<ParkedEvents> decision) {
        return decide(outbox, asker, action, subject, () -> same(seen, decision.applyAsLong(outbox.parked())));
    }

    private static AuditEntry ofEvent(
            OutboxOperations outbox,
            Asker asker,
            AuditAction action,
            UUID event,
            ToLongFunction<ParkedEvents> decision) {
        return decide(outbox, asker, action, "event " + event, () -> {
            long decided = decision.applyAsLong(outbox.parked());
            if (decided == 0) {
                throw new NotParkedException(event);
            }
            return decided;
        });
    }

    private static AuditEntry decide(
            OutboxOperations outbox, Asker asker, AuditAction action, String subject, LongSupplier decision) {
        return outbox.audit().decide(request(asker, action, subject), decision);
    }

    private static AuditedRequest request(Asker asker, AuditAction action, String subject) {
        return new AuditedRequest(asker.name(), action, subject, asker.requestKey());
    }

    static long same(long seen, long found) {
        if (seen != found) {
            throw new CountMovedException(seen, found);
        }
        return found;
    }

    private static String subject(ParkedSelection selection) {
        StringJoiner parts = new StringJoiner(", ").setEmptyValue("all parked keys");
        if (selection.aggregateType() != null) {
            parts.add("aggregate type " + selection.aggregateType());
        }
        if (selection.aggregateId() != null) {
            parts.add("key " + selection.aggregateId());
        }
        if (selection.reason() != null) {
            parts.add("reason contains " + selection.reason());
        }
        return parts.toString();
    }
}
