package dev.outbox.console.internal.decision;

import dev.outbox.audit.AuditEntry;
import dev.outbox.consumer.parking.ReleaseResult;
import org.jspecify.annotations.Nullable;

/**
 * A release of a key of the inbox, which is carried out at once.
 *
 * @param decision its row in the audit
 * @param handled how many events the handlers were called for; null if the request came before, and has done nothing now
 * @param passed how many were passed over: discarded, or handled before; null if the request came before
 * @param failure why the rest stays parked, or null
 */
public record InboxRelease(
        AuditEntry decision,
        @Nullable Integer handled,
        @Nullable Integer passed,
        @Nullable String failure) {

    static InboxRelease of(AuditEntry decision, ReleaseResult result) {
        return new InboxRelease(decision, result.handled(), result.passed(), result.failure());
    }

    static InboxRelease before(AuditEntry decision) {
        return new InboxRelease(decision, null, null, null);
    }
}
