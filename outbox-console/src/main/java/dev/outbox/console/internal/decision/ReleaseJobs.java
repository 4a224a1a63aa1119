package dev.outbox.console.internal.decision;

import dev.outbox.audit.AuditAction;
import dev.outbox.audit.AuditEntry;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.ParkedRelease;
import java.util.List;
import java.util.Optional;

/** How far releases have come. A release has the number of its row in the audit. Thread-safe. */
public final class ReleaseJobs {

    ReleaseJobs() {}

    /** {@return the releases that have not ended, the last one first} */
    public List<ReleaseJob> running(OutboxOperations outbox) {
        return outbox.parked().releases(null).stream()
                .filter(release -> release.pending() > 0)
                .flatMap(release ->
                        outbox.audit().entry(release.id()).map(entry -> ReleaseJob.of(entry, release)).stream())
                .toList();
    }

    /** {@return a release, whenever it was; nothing if there was none of this number} */
    public Optional<ReleaseJob> find(OutboxOperations outbox, long id) {
        return outbox.audit()
                .entry(id)
                .filter(entry -> entry.action() == AuditAction.RELEASE)
                .map(entry -> ReleaseJob.of(entry, progress(outbox, entry)));
    }

    private static ParkedRelease progress(OutboxOperations outbox, AuditEntry entry) {
        return outbox.parked().releases(entry.id()).stream()
                .findFirst()
                .orElseGet(() -> new ParkedRelease(entry.id(), 0, 0, false));
    }
}
