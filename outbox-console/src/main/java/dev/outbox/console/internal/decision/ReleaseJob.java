package dev.outbox.console.internal.decision;

import dev.outbox.audit.AuditEntry;
import dev.outbox.relay.parking.ParkedRelease;
import java.time.Instant;

/**
 * A release, which the relays carry out. It is read from the tables, so that every console knows it.
 *
 * @param id that of its row in the audit
 * @param subject which keys
 * @param asker who has asked for it
 * @param startedAt since when
 * @param seen how many events there were when it was asked for
 * @param pending how many of them are still to be published
 * @param kept how many of them stay parked, because they were refused again, their topic cannot be written to, or the release
 *     was stopped
 * @param published how many of them are published
 * @param state what it does
 */
public record ReleaseJob(
        long id,
        String subject,
        String asker,
        Instant startedAt,
        long seen,
        long pending,
        long kept,
        long published,
        State state) {

    /** What a release does. */
    public enum State {
        /** Relays publish its events. */
        RUNNING,
        /** A person has stopped it; what is on its way to Kafka is still published. */
        STOPPING,
        /** It has ended. What it has not published is parked again. */
        ENDED
    }

    static ReleaseJob of(AuditEntry entry, ParkedRelease progress) {
        return new ReleaseJob(
                entry.id(),
                entry.subject(),
                entry.actor(),
                entry.decidedAt(),
                entry.affected(),
                progress.pending(),
                progress.kept(),
                Math.max(0, entry.affected() - progress.pending() - progress.kept()),
                state(progress));
    }

    private static State state(ParkedRelease progress) {
        if (progress.pending() == 0) {
            return State.ENDED;
        }
        return progress.stopping() ? State.STOPPING : State.RUNNING;
    }
}
