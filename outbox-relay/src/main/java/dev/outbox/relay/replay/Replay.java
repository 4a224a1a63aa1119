package dev.outbox.relay.replay;

import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.EventPublisherFactory;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.metrics.ReplayMeters;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.replay.ReplayResult.Completed;
import dev.outbox.relay.replay.ReplayResult.Incomplete;
import dev.outbox.relay.replay.ReplayResult.Stopped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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

    private static final long LONGEST_REST_NANOS = 100_000_000;

    private final OutboxArchive archive;
    private final EventPublisherFactory publishers;
    private final ReadBudget page;
    private final Ticker ticker;
    private final RelayMeters meters;

    Replay(
            OutboxArchive archive,
            EventPublisherFactory publishers,
            ReadBudget page,
            Ticker ticker,
            RelayMeters meters) {
        this.archive = archive;
        this.publishers = publishers;
        this.page = page;
        this.ticker = ticker;
        this.meters = meters;
    }

    /** Publishes events to their original topics; returns when they are acknowledged. */
    public ReplayResult run(EventSelection selection) {
        return run(selection, ReplayPlan.unlimited());
    }

    /**
     * Publishes events to another topic; returns when they are acknowledged.
     *
     * @throws IllegalArgumentException if Kafka does not allow a topic of this name
     */
    public ReplayResult run(EventSelection selection, String topic) {
        return run(selection, ReplayPlan.unlimited().to(topic));
    }

    /** Publishes events as planned; returns when they are acknowledged, or the plan ends it. */
    public ReplayResult run(EventSelection selection, ReplayPlan plan) {
        UUID id = UUID.randomUUID();
        ReadBudget budget = plan.eventsPerSecond() == 0
                ? page
                : new ReadBudget(Math.min(page.rows(), plan.eventsPerSecond()), page.bytes());
        Progress progress = new Progress(plan, ticker);
        try (ReplayMeters measured = meters.replay(plan.events());
                EventPublisher publisher = publishers.create(PUBLISHER)) {
            progress.measured = measured;
            archive.read(selection, budget, rows -> publish(repeated(rows, id, plan.topic()), publisher, progress));
        } catch (RuntimeException e) {
            return new Incomplete(id, progress.events, e);
        }
        if (progress.interrupted) {
            return new Incomplete(id, progress.events, new IllegalStateException("The replay was interrupted"));
        }
        return progress.stopped ? new Stopped(id, progress.events) : new Completed(id, progress.events);
    }

    /**
     * {@return what a replay would publish now} It reads the whole outbox, which takes as long as there are rows.
     *
     * @throws IllegalStateException if no event is known to be published, or none is retained on this database
     * @throws org.springframework.dao.DataAccessException if the database cannot be read
     */
    public ReplayEstimate estimate(EventSelection selection) {
        return archive.estimate(selection);
    }

    private static boolean publish(List<OutboxRow> rows, EventPublisher publisher, Progress progress) {
        publisher.check(rows);
        ReplayPage acks = new ReplayPage(rows.size());
        rows.forEach(row -> publisher.send(row, acks));
        try {
            acks.await();
            return progress.goesOn(rows.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            progress.interrupted = true;
            return false;
        }
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

    /** Counts, and rests after a page for as long as the page came too early. */
    private static final class Progress {

        private final ReplayPlan plan;
        private final Ticker ticker;
        private final long began;
        private ReplayMeters measured = ReplayMeters.NONE;
        private long events;
        private boolean interrupted;
        private boolean stopped;

        Progress(ReplayPlan plan, Ticker ticker) {
            this.plan = plan;
            this.ticker = ticker;
            this.began = ticker.nanos();
        }

        /** A person who stops it does not wait until a rest is over. */
        boolean goesOn(int published) throws InterruptedException {
            events += published;
            measured.published(published);
            stopped = !plan.goesOn().test(events);
            while (!stopped && early() > 0) {
                TimeUnit.NANOSECONDS.sleep(Math.min(early(), LONGEST_REST_NANOS));
                stopped = !plan.goesOn().test(events);
            }
            return !stopped;
        }

        private long early() {
            return plan.eventsPerSecond() == 0
                    ? 0
                    : events * 1_000_000_000L / plan.eventsPerSecond() - (ticker.nanos() - began);
        }
    }
}
