package dev.outbox.console.internal.decision;

import dev.outbox.relay.replay.EventSelection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replay that this process carries out, or has carried out since it started.
 *
 * @param id that of its row in the audit
 * @param outbox whose events
 * @param asker who has asked for it
 * @param selection which events
 * @param topic where they go, or null for their own topics
 * @param seen how many events there were when it was asked for
 * @param published how many are known to be in Kafka once more
 * @param state what it does
 * @param message why it has ended early, or null
 * @param startedAt since when
 */
public record ReplayJob(
        long id,
        String outbox,
        String asker,
        EventSelection selection,
        @Nullable String topic,
        long seen,
        long published,
        State state,
        @Nullable String message,
        Instant startedAt) {

    /** What a replay does. */
    public enum State {
        /** It publishes. */
        RUNNING,
        /** All selected events are in Kafka once more. */
        COMPLETED,
        /** A person has stopped it. */
        STOPPED,
        /** It has ended early. */
        FAILED
    }

    ReplayJob with(long events) {
        return new ReplayJob(id, outbox, asker, selection, topic, seen, events, state, message, startedAt);
    }

    ReplayJob ended(State end, long events, @Nullable String why) {
        return new ReplayJob(id, outbox, asker, selection, topic, seen, events, end, why, startedAt);
    }
}
