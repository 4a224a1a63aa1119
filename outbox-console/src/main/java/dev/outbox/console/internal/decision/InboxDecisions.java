package dev.outbox.console.internal.decision;

import dev.outbox.audit.AuditAction;
import dev.outbox.audit.AuditEntry;
import dev.outbox.audit.AuditTrail;
import dev.outbox.audit.AuditedRequest;
import dev.outbox.consumer.parking.DecisionNote;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ReleaseResult;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;

/**
 * The decisions about what the inbox of this service has parked. The row in the audit is written in the transaction of the
 * service in which the decision begins, and is refused if it would be about another number of events than the person saw. A
 * request that comes again has no second effect. Thread-safe.
 */
public final class InboxDecisions {

    private final Supplier<ParkedInboxEvents> parked;
    private final Supplier<AuditTrail> audit;

    /**
     * @param parked looked up when it is needed, because a service without handlers need not have all that it depends on
     * @param audit on the data source of the inbox
     */
    InboxDecisions(Supplier<ParkedInboxEvents> parked, Supplier<AuditTrail> audit) {
        this.parked = parked;
        this.audit = audit;
    }

    /** {@return what is parked} */
    public ParkedInboxEvents parked() {
        return parked.get();
    }

    /** {@return what has been decided in the database of the inbox} */
    public AuditTrail audit() {
        return audit.get();
    }

    /** Handles the parked events of a key, in order, until one fails. */
    public InboxRelease release(Asker asker, InboxKey key, long seen) {
        AtomicReference<ReleaseResult> result = new AtomicReference<>();
        AuditedRequest request = request(asker, AuditAction.INBOX_RELEASE, subject(key));
        AuditEntry decision = decide(request, seen, note -> result.set(parked().release(key, note)));
        ReleaseResult released = result.get();
        return released == null ? InboxRelease.before(decision) : InboxRelease.of(decision, released);
    }

    /** Discards the parked events of a key. */
    public AuditEntry discard(Asker asker, InboxKey key, long seen) {
        return decide(
                request(asker, AuditAction.INBOX_DISCARD, subject(key)), seen, note -> parked().discard(key, note));
    }

    /**
     * Discards one parked event.
     *
     * @throws NotParkedException if it is not parked
     */
    public AuditEntry discard(Asker asker, long event) {
        return decide(request(asker, AuditAction.INBOX_DISCARD, "event %d of the inbox".formatted(event)), 1, note -> {
            if (!parked().discard(event, note)) {
                throw new NotParkedException(event);
            }
        });
    }

    private AuditEntry decide(AuditedRequest request, long seen, Consumer<DecisionNote> decision) {
        Optional<AuditEntry> earlier = audit().earlier(request);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        AtomicReference<AuditEntry> row = new AtomicReference<>();
        try {
            decision.accept(events -> row.set(audit().record(request, Decisions.same(seen, events))));
            return Objects.requireNonNull(row.get(), "a decision without its row");
        } catch (DuplicateKeyException decidedMeanwhile) {
            return audit().earlier(request).orElseThrow(() -> decidedMeanwhile);
        }
    }

    private static AuditedRequest request(Asker asker, AuditAction action, String subject) {
        return new AuditedRequest(asker.name(), action, subject, asker.requestKey());
    }

    private static String subject(InboxKey key) {
        return "inbox key " + key;
    }
}
