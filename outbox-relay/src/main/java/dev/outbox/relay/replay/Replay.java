package dev.outbox.relay.replay;

import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventTopics;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.EventPublisherFactory;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.replay.ReplayResult.Completed;
import dev.outbox.relay.replay.ReplayResult.Incomplete;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events again that are already published and still retained: for a new consumer, or one that has lost its data.
 *
 * <p>The records are the same as the first time, with the same ids and in the same order, plus one header:
 * {@value EventHeaders#REPLAY}. A consumer that remembers what it has applied drops them. On the same topic they come among
 * new events, as late duplicates.
 *
 * <p>Thread-safe; each replay has its own producer and runs on the thread of its caller.
 *
 * @since 0.1.0
 */
public final class Replay {

    private static final String PUBLISHER = "replay";

    private final OutboxArchive archive;
    private final EventPublisherFactory publishers;
    private final ReadBudget page;

    Replay(OutboxArchive archive, EventPublisherFactory publishers, ReadBudget page) {
        this.archive = archive;
        this.publishers = publishers;
        this.page = page;
    }

    /** Publishes events to their original topics; returns when they are acknowledged. */
    public ReplayResult run(EventSelection selection) {
        return replay(selection, null);
    }

    /**
     * Publishes events to another topic; returns when they are acknowledged.
     *
     * @throws IllegalArgumentException if Kafka does not allow a topic of this name
     */
    public ReplayResult run(EventSelection selection, String topic) {
        EventTopics.requireLegal(topic);
        return replay(selection, topic);
    }

    private ReplayResult replay(EventSelection selection, @Nullable String topic) {
        UUID id = UUID.randomUUID();
        Progress progress = new Progress();
        try (EventPublisher publisher = publishers.create(PUBLISHER)) {
            archive.read(selection, page, rows -> publish(repeated(rows, id, topic), publisher, progress));
        } catch (RuntimeException e) {
            return new Incomplete(id, progress.events, e);
        }
        return progress.interrupted
                ? new Incomplete(id, progress.events, new IllegalStateException("The replay was interrupted"))
                : new Completed(id, progress.events);
    }

    private static boolean publish(List<OutboxRow> rows, EventPublisher publisher, Progress progress) {
        publisher.check(rows);
        ReplayPage acks = new ReplayPage(rows.size());
        rows.forEach(row -> publisher.send(row, acks));
        try {
            acks.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            progress.interrupted = true;
            return false;
        }
        progress.events += rows.size();
        return true;
    }

    private static List<OutboxRow> repeated(List<OutboxRow> rows, UUID id, @Nullable String topic) {
        return rows.stream()
                .map(row -> new OutboxRow(row.seq(), row.aggregateSeq(), repeated(row.event(), id, topic)))
                .toList();
    }

    private static EventEnvelope repeated(EventEnvelope event, UUID id, @Nullable String topic) {
        Map<String, String> headers = new HashMap<>(event.headers());
        headers.put(EventHeaders.REPLAY, id.toString());
        return new EventEnvelope(
                event.id(),
                event.type(),
                event.aggregate(),
                topic == null ? event.topic() : topic,
                event.source(),
                event.time(),
                event.payload(),
                headers);
    }

    private static final class Progress {

        private long events;
        private boolean interrupted;
    }
}
