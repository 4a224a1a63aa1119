package dev.outbox.consumer.internal.processing;

import dev.outbox.consumer.internal.metrics.ConsumerMeters;
import dev.outbox.consumer.internal.metrics.RecordOutcome;
import dev.outbox.consumer.internal.processing.InboxOutcome.Duplicate;
import dev.outbox.consumer.internal.processing.InboxOutcome.Handled;
import dev.outbox.consumer.internal.processing.InboxOutcome.Parked;
import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.consumer.parking.EventParked;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.internal.failure.Causes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/** Reports what the inbox does: in the log, in meters, and to the application if a person may have to act. Thread-safe. */
public final class InboxReport {

    private static final Logger LOG = LoggerFactory.getLogger(InboxReport.class);

    private final String consumer;
    private final ApplicationEventPublisher events;
    private final ConsumerMeters meters;

    public InboxReport(String consumer, ApplicationEventPublisher events, ConsumerMeters meters) {
        this.consumer = consumer;
        this.events = events;
        this.meters = meters;
    }

    public void processed(List<InboxRecord> records, List<InboxOutcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Handled) {
                meters.handled(records.get(i).metadata().time());
            }
            if (outcomes.get(i) instanceof Parked parked && parked.cause() != ParkingCause.BEHIND) {
                heldBack(records.get(i), parked.cause());
            } else if (records.get(i).isMalformed()) {
                LOG.warn(
                        "{} cannot be read: {}. It is ignored; correct this in its producer",
                        records.get(i),
                        records.get(i).malformation());
            } else if (LOG.isDebugEnabled()) {
                LOG.debug("{}: {}", records.get(i), outcomes.get(i));
            }
        }
        count(outcomes);
    }

    public void splits(int size, InboxRecord culprit, RuntimeException failure) {
        LOG.debug("A batch of {} is handled in smaller ones, because {} failed in it", size, culprit, failure);
    }

    public void retries(InboxRecord received, int attempt, Duration pause, Throwable failure) {
        meters.retried();
        say(
                received,
                () -> LOG.warn(
                        "{} failed, attempt {}; it will be tried again in {} ms: {}",
                        received,
                        attempt,
                        pause.toMillis(),
                        Causes.inOneLine(failure),
                        failure));
    }

    public void unavailable(InboxRecord received, Duration pause, RuntimeException failure) {
        meters.outage();
        say(
                received,
                () -> LOG.warn(
                        "{} and what follows in its partition wait {} ms; the events are not the cause: {}",
                        received,
                        pause.toMillis(),
                        Causes.inOneLine(failure),
                        failure));
    }

    public void parked(InboxRecord received, int attempts, String reason, Throwable failure) {
        meters.parked(ParkingCause.FAILED);
        meters.done(RecordOutcome.PARKED, 1);
        say(
                received,
                () -> LOG.warn(
                        "{} failed, attempt {}; it is parked with all later events of its key: {}",
                        received,
                        attempts,
                        reason,
                        failure));
        publish(received, ParkingCause.FAILED, reason);
    }

    /** It was reported when it began to wait, and counted then. */
    public void staysParked(InboxRecord received, int attempts, String reason, Throwable failure) {
        say(
                received,
                () -> LOG.warn(
                        "{} failed after it had waited, attempt {}; it stays parked with all later events of its key:"
                                + " {}",
                        received,
                        attempts,
                        reason,
                        failure));
        publish(received, ParkingCause.FAILED, reason);
    }

    public void deadLettered(InboxRecord received, int attempts, Throwable failure) {
        meters.done(RecordOutcome.DEAD_LETTER, 1);
        say(
                received,
                () -> LOG.warn(
                        "{} failed, attempt {}; it was sent to the dead-letter topic: {}",
                        received,
                        attempts,
                        Causes.inOneLine(failure),
                        failure));
    }

    public void skipped(InboxRecord received, int attempts, Throwable failure) {
        meters.done(RecordOutcome.SKIPPED, 1);
        say(
                received,
                () -> LOG.warn(
                        "{} failed, attempt {}; it is skipped: {}",
                        received,
                        attempts,
                        Causes.inOneLine(failure),
                        failure));
    }

    /** Counts per batch, because a counter that all threads share costs more than a sum. */
    private void count(List<InboxOutcome> outcomes) {
        Map<RecordOutcome, Long> sums = new EnumMap<>(RecordOutcome.class);
        for (InboxOutcome outcome : outcomes) {
            sums.merge(kindOf(outcome), 1L, Long::sum);
            if (outcome instanceof Parked parked) {
                meters.parked(parked.cause());
            }
        }
        sums.forEach(meters::done);
    }

    private static RecordOutcome kindOf(InboxOutcome outcome) {
        if (outcome instanceof Handled) {
            return RecordOutcome.HANDLED;
        }
        if (outcome instanceof Duplicate) {
            return RecordOutcome.DUPLICATE;
        }
        return outcome instanceof Parked ? RecordOutcome.PARKED : RecordOutcome.IGNORED;
    }

    private void heldBack(InboxRecord received, ParkingCause cause) {
        say(received, () -> LOG.warn("{} is parked, because {}", received, whyHeldBack(cause)));
        publish(received, cause, null);
    }

    /** The kind of the aggregate is not said here: a record does not have it. */
    private static void say(InboxRecord received, Runnable line) {
        received.logFields(null).run(line);
    }

    private static String whyHeldBack(ParkingCause cause) {
        return switch (cause) {
            case GAP -> "an earlier event has not arrived";
            case FORK -> "another event with its sequence has been handled";
            case LATE -> "later events of its aggregate have been handled without it";
            case FAILED, BEHIND ->
                throw new IllegalArgumentException("%s is not a verdict of a guard".formatted(cause));
        };
    }

    private void publish(InboxRecord received, ParkingCause cause, @Nullable String reason) {
        try {
            events.publishEvent(new EventParked(received.key(consumer), received.id(), received.type(), cause, reason));
        } catch (RuntimeException | Error failed) {
            LOG.warn("A listener of the application failed to hear that {} is parked", received, failed);
        }
    }
}
