package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.eventstore.VersionConflictException;
import dev.outbox.internal.stream.LastAppend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An append that the commit may go along with. What has become of it is known after the transaction. Used by one thread. */
public final class CommittedAppend implements LastAppend {

    private final Streams streams;
    private final AggregateRef stream;
    private final ExpectedVersion expected;
    private final List<EventEnvelope> events;
    private @Nullable Appended appended;
    private boolean isTaken;

    CommittedAppend(Streams streams, AggregateRef stream, ExpectedVersion expected, List<EventEnvelope> events) {
        this.streams = streams;
        this.stream = stream;
        this.expected = expected;
        this.events = List.copyOf(events);
    }

    @Override
    public List<EventEnvelope> events() {
        return events;
    }

    @Override
    public void append(boolean commits) {
        if (commits) {
            try {
                appended = streams.appendAndCommit(stream, expected, events);
            } catch (VersionTakenException taken) {
                isTaken = true;
                throw taken;
            }
        } else {
            appended = streams.append(stream, expected, events)
                    .orElseThrow(() -> new VersionConflictException(stream, expected, streams.versionOf(stream)));
        }
    }

    /** {@return where the events are, once the transaction has committed} */
    public Appended appended() {
        if (appended == null) {
            throw new IllegalStateException("Events were not appended to %s".formatted(stream));
        }
        return appended;
    }

    /** Called once the transaction has been rolled back: what the commit threw does not say more, and may be wrapped. */
    public void requireNotTaken() {
        if (isTaken) {
            throw new VersionConflictException(stream, expected, streams.versionOf(stream));
        }
    }
}
