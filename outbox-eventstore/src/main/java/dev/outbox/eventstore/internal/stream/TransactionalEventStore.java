package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.Boundary;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.eventstore.StoredEvent;
import dev.outbox.eventstore.VersionConflictException;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.internal.stream.StreamCapture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Appends at once:
 *
 * <ol>
 *   <li>The events are serialised and checked like those that are raised otherwise.
 *   <li>What the transaction has changed so far is flushed, and events that it has raised of stored aggregates are written: they
 *     happened before these. This also takes locks in the order in which a commit would take them.
 *   <li>The streams are locked, if they have their versions, and the events are inserted under the lock.
 * </ol>
 */
public final class TransactionalEventStore implements EventStore {

    private final StoredAggregates stored;
    private final StreamCapture capture;
    private final Streams streams;
    private final StreamReader reader;

    public TransactionalEventStore(
            StoredAggregates stored, StreamCapture capture, Streams streams, StreamReader reader) {
        this.stored = stored;
        this.capture = capture;
        this.streams = streams;
        this.reader = reader;
    }

    @Override
    public Appended append(AggregateRef stream, ExpectedVersion expected, List<?> events) {
        List<EventEnvelope> envelopes = captured(events, Set.of(stream));
        return appendNow(new CommittedAppend(streams, stream, expected, envelopes))
                .appended();
    }

    /**
     * Appends as the last thing that the transaction does, so that the commit can go along with it. If it cannot, this appends at
     * once.
     *
     * @return what has become of it once the transaction has ended
     */
    public CommittedAppend appendLast(AggregateRef stream, ExpectedVersion expected, List<?> events) {
        List<EventEnvelope> envelopes = captured(events, Set.of(stream));
        CommittedAppend append = new CommittedAppend(streams, stream, expected, envelopes);
        return capture.leaveToCommit(append) ? append : appendNow(append);
    }

    private CommittedAppend appendNow(CommittedAppend append) {
        append.append(false);
        capture.appended(append.events());
        return append;
    }

    @Override
    public Appended append(Boundary boundary, List<?> events) {
        Map<AggregateRef, ExpectedVersion> expected = boundary.streams();
        List<EventEnvelope> envelopes = captured(events, expected.keySet());
        Map<AggregateRef, Long> actual = streams.lock(expected.keySet());
        expected.forEach((stream, version) -> {
            long found = actual.getOrDefault(stream, 0L);
            if (!version.isMetBy(found)) {
                throw new VersionConflictException(stream, version, found);
            }
        });
        capture.write(envelopes);
        capture.appended(envelopes);
        return streams.appendedTo(
                envelopes.stream().map(EventEnvelope::aggregate).collect(Collectors.toSet()));
    }

    @Override
    public List<StoredEvent> read(AggregateRef stream, long afterVersion) {
        requireStored(stream);
        capture.writePending();
        return reader.events(stream, afterVersion, streams.read(stream, afterVersion));
    }

    private List<EventEnvelope> captured(List<?> events, Set<AggregateRef> allowed) {
        allowed.forEach(this::requireStored);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("There is no event to append to %s".formatted(allowed));
        }
        List<EventEnvelope> envelopes = capture.capture(events);
        for (EventEnvelope event : envelopes) {
            if (!allowed.contains(event.aggregate())) {
                throw new IllegalArgumentException("%s belongs to %s and cannot be appended to %s"
                        .formatted(event.type(), event.aggregate(), allowed));
            }
        }
        return envelopes;
    }

    private void requireStored(AggregateRef stream) {
        if (!stored.isStored(stream.type())) {
            throw new IllegalArgumentException(
                    "Events of %s are not stored. Declare its state with @EventSourced(aggregate = \"%s\"), or name the type in outbox.eventstore.stored."
                            .formatted(stream, stream.type()));
        }
    }
}
