package dev.outbox.relay.internal.micrometer;

import dev.outbox.internal.metrics.NamedMeters;
import dev.outbox.relay.internal.metrics.RelayMeter;
import dev.outbox.relay.internal.metrics.ReplayMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what replays publish, and shows how much those that run have left. Thread-safe. */
final class RunningReplays {

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Counter published;

    RunningReplays(NamedMeters meters) {
        this.published = meters.counter(RelayMeter.REPLAYS_PUBLISHED, Tags.empty());
        meters.gauge(RelayMeter.REPLAYS_RUNNING, Tags.empty(), running::size);
        meters.gauge(RelayMeter.REPLAYS_REMAINING, Tags.empty(), this::remaining);
    }

    ReplayMeters begin(long events) {
        Running replay = new Running(events);
        running.add(replay);
        return replay;
    }

    private long remaining() {
        return running.stream()
                .mapToLong(replay -> Math.max(0, replay.remaining.get()))
                .sum();
    }

    private final class Running implements ReplayMeters {

        private final AtomicLong remaining;

        Running(long events) {
            this.remaining = new AtomicLong(events);
        }

        @Override
        public void published(long events) {
            remaining.addAndGet(-events);
            published.increment((double) events);
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }
}
