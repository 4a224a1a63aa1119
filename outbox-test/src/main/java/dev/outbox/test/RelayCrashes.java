package dev.outbox.test;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.EventPublisherFactory;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.TopicState;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.lease.Lease;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** The crash points of a relay: around its publisher and its lanes. Thread-safe. */
final class RelayCrashes implements BeanPostProcessor {

    private final CrashPoints points;

    /** Buckets with events that the broker has received since the crash was requested. */
    private final Set<Integer> acknowledgedBuckets = ConcurrentHashMap.newKeySet();

    RelayCrashes(CrashPoints points) {
        this.points = points;
        points.whenAsked(acknowledgedBuckets::clear);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof LaneStore lanes) {
            return new CrashingLanes(lanes);
        }
        if (bean instanceof EventPublisherFactory publishers) {
            return (EventPublisherFactory) name -> new CrashingPublisher(publishers.create(name));
        }
        return bean;
    }

    /** Crashes before the event is sent. */
    private final class CrashingPublisher implements EventPublisher {

        private final EventPublisher publisher;

        CrashingPublisher(EventPublisher publisher) {
            this.publisher = publisher;
        }

        @Override
        public void check(List<OutboxRow> rows) {
            publisher.check(rows);
        }

        @Override
        public TopicState ask(String topic) {
            return publisher.ask(topic);
        }

        @Override
        public void send(OutboxRow row, Acks acks) {
            if (points.isAt(CrashPoint.AFTER_COMMIT_BEFORE_SEND)) {
                points.crashed();
                throw new IllegalStateException("A test lets the relay crash before %s is sent".formatted(row.event()));
            }
            publisher.send(row, new Acks() {
                @Override
                public void acknowledged() {
                    // Noted first, so that the relay cannot save a position past the event unnoticed.
                    acknowledgedBuckets.add(row.event().aggregate().bucket());
                    acks.acknowledged();
                }

                @Override
                public void failed(PublishingFailedException cause) {
                    acks.failed(cause);
                }
            });
        }

        @Override
        public void reset() {
            publisher.reset();
        }

        @Override
        public void close() {
            publisher.close();
        }
    }

    /** Crashes instead of saving progress: what is acknowledged stays unknown, and the lane is free. */
    private final class CrashingLanes implements LaneStore {

        private final LaneStore lanes;
        private final Map<Lane, Position> durable = new ConcurrentHashMap<>();

        CrashingLanes(LaneStore lanes) {
            this.lanes = lanes;
        }

        @Override
        public Optional<Lease> acquire(Lane lane, String owner, Duration ttl) {
            Optional<Lease> lease = lanes.acquire(lane, owner, ttl);
            lease.ifPresent(acquired -> durable.put(lane, acquired.position()));
            return lease;
        }

        @Override
        public boolean renew(Lease lease, Position position) {
            return renew(lease, position, () -> {});
        }

        @Override
        public boolean renew(Lease lease, Position position, Runnable changes) {
            Position saved = durable.getOrDefault(lease.lane(), lease.position());
            if (points.isAt(CrashPoint.AFTER_SEND_BEFORE_POSITION) && isAcknowledgedIn(lease.lane())) {
                lanes.release(lease, saved);
                points.leave();
                points.crashed();
                return false;
            }
            boolean renewed = lanes.renew(lease, position, changes);
            if (renewed) {
                durable.put(lease.lane(), position);
            }
            return renewed;
        }

        /** Needed because a position also moves while nothing is sent. */
        private boolean isAcknowledgedIn(Lane lane) {
            BucketRange buckets = lane.buckets();
            return acknowledgedBuckets.stream().anyMatch(buckets::contains);
        }

        @Override
        public boolean release(Lease lease, Position position) {
            return lanes.release(lease, position);
        }
    }
}
