package dev.outbox.relay.internal.micrometer;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.metrics.SentPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A page of which each event is timed. It keeps the times of its events and no event. The meters of a topic are looked up where
 * the topic changes from one event to the next.
 */
final class MeasuredPage implements SentPage {

    private static final long NANOS_OF_SECOND = 1_000_000_000;

    private final Clock clock;
    private final long[] raisedAt;
    private final OfTopic[] topics;
    private volatile long acknowledgedAt;

    MeasuredPage(List<OutboxRow> rows, Function<String, OfTopic> meters, Clock clock) {
        this.clock = clock;
        this.raisedAt = new long[rows.size()];
        this.topics = new OfTopic[rows.size()];
        String topic = "";
        OfTopic ofTopic = null;
        for (int i = 0; i < raisedAt.length; i++) {
            OutboxRow row = rows.get(i);
            if (ofTopic == null || !topic.equals(row.event().topic())) {
                topic = row.event().topic();
                ofTopic = meters.apply(topic);
            }
            topics[i] = ofTopic;
            raisedAt[i] = nanos(row.event().time());
        }
    }

    @Override
    public void acknowledged() {
        acknowledgedAt = nanos(clock.instant());
    }

    @Override
    public void published() {
        long done = acknowledgedAt == 0 ? nanos(clock.instant()) : acknowledgedAt;
        int from = 0;
        for (int i = 0; i < topics.length; i++) {
            OfTopic ofTopic = topics[i];
            // The clock of the service may be ahead.
            ofTopic.delay.record(Math.max(0, done - raisedAt[i]), TimeUnit.NANOSECONDS);
            if (i + 1 == topics.length || topics[i + 1] != ofTopic) {
                ofTopic.published.increment(i + 1 - from);
                from = i + 1;
            }
        }
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS_OF_SECOND + time.getNano();
    }

    /** The meters of a topic, one object for each topic. */
    static final class OfTopic {

        private final Counter published;
        private final Timer delay;

        OfTopic(Counter published, Timer delay) {
            this.published = published;
            this.delay = delay;
        }
    }
}
