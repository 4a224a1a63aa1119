package dev.outbox.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision that has been made.
 *
 * @param id counts up
 * @param decidedAt when, by the clock of the database
 * @param actor who has decided
 * @param action what was decided
 * @param subject what it was about
 * @param affected how many events, or lanes, it was about
 * @param requestKey what the client calls its request, or null
 * @since 0.1.0
 */
public record AuditEntry(
        long id,
        Instant decidedAt,
        String actor,
        AuditAction action,
        String subject,
        long affected,
        @Nullable String requestKey) {

    /** {@return whether this entry is that of the request} Its actor may differ, because a request may come again by another. */
    boolean isOf(AuditedRequest request) {
        return action == request.action() && subject.equals(request.subject());
    }
}
