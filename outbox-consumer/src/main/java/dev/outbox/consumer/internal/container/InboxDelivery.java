package dev.outbox.consumer.internal.container;

import dev.outbox.consumer.internal.handler.EventHandlingException;
import dev.outbox.consumer.internal.parking.InboxParkingStore;
import dev.outbox.consumer.internal.processing.CulpritException;
import dev.outbox.consumer.internal.processing.DeadLetters;
import dev.outbox.consumer.internal.processing.Failures;
import dev.outbox.consumer.internal.processing.Failures.Decision.GiveUp;
import dev.outbox.consumer.internal.processing.Failures.Decision.Retry;
import dev.outbox.consumer.internal.processing.InboxOutcome;
import dev.outbox.consumer.internal.processing.InboxOutcome.Parked;
import dev.outbox.consumer.internal.processing.InboxProcessor;
import dev.outbox.consumer.internal.processing.InboxReport;
import dev.outbox.consumer.internal.processing.InboxStores;
import dev.outbox.consumer.internal.processing.InboxUnavailableException;
import dev.outbox.consumer.internal.processing.RefusedLetterException;
import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.consumer.internal.record.RecordReader;
import dev.outbox.consumer.internal.release.GapResumption;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Passes the records of a poll through the {@link InboxProcessor}, in transactions as large as possible:
 *
 * <ol>
 *   <li>All records are handled in one transaction. Usually nothing more is needed.
 *   <li>If it fails and a record is to blame, the records before it are handled in one transaction, then that record alone,
 *       then the records behind it. If it is not known which record is to blame, all are handled one by one.
 *   <li>A record that fails on its own is held, together with the rest of its partition, until its pause is over. The other
 *       partitions continue. When the record comes again, it is handled alone.
 *   <li>When its attempts are used up, its failure policy is applied, and its partition continues behind it.
 *   <li>If the inbox's own database or broker does not respond when asked, all partitions wait; that does not count as an
 *       attempt.
 *   <li>If the broker refuses a dead letter although it responds, the record is parked instead.
 * </ol>
 *
 * A record with several events is done with the last of them. Until then it is delivered again as a whole, and the guard knows
 * which of its events are done.
 *
 * <p>What is done when this returns is committed in the database, and its offsets may be committed. Thread-safe, because each
 * partition belongs to one thread.
 */
public final class InboxDelivery {

    private final String consumer;
    private final RecordReader reader;
    private final InboxProcessor processor;
    private final InboxStores stores;
    private final DeadLetters deadLetters;
    private final Failures failures;
    private final GapResumption resumption;
    private final InboxReport report;

    public InboxDelivery(
            String consumer,
            RecordReader reader,
            InboxProcessor processor,
            InboxStores stores,
            DeadLetters deadLetters,
            Failures failures,
            GapResumption resumption,
            InboxReport report) {
        this.consumer = consumer;
        this.reader = reader;
        this.processor = processor;
        this.stores = stores;
        this.deadLetters = deadLetters;
        this.failures = failures;
        this.resumption = resumption;
        this.report = report;
    }

    /**
     * {@return how far each partition has come}
     *
     * @param polled the records, those of each partition in their order
     */
    Progress deliver(List<? extends ConsumerRecord<?, byte[]>> polled) {
        Progress progress = new Progress();
        List<InboxRecord> remaining = new ArrayList<>(polled.size());
        for (ConsumerRecord<?, byte[]> kafkaRecord : polled) {
            remaining.addAll(reader.read(kafkaRecord));
        }
        drain(remaining, progress);
        return progress;
    }

    /** Forgets what is known about partitions that are newly assigned, or no longer assigned. */
    void forget(Collection<TopicPartition> partitions) {
        failures.forget(partitions);
    }

    private void drain(List<InboxRecord> records, Progress progress) {
        List<InboxRecord> remaining = records;
        while (!remaining.isEmpty()) {
            int size = untilSuspect(remaining);
            List<InboxRecord> batch = remaining.subList(0, size);
            int processed = size == 1 ? processAlone(batch.get(0), progress) : processTogether(batch, progress);
            remaining = withoutHeld(remaining.subList(processed, remaining.size()), progress);
        }
    }

    /** {@return how many of the records, counted from the first, are done or held} */
    private int processTogether(List<InboxRecord> batch, Progress progress) {
        try {
            process(batch, progress);
        } catch (CulpritException known) {
            report.splits(batch.size(), batch.get(known.index()), known.failure());
            isolate(batch, known.index(), progress);
            return known.index() + 1;
        } catch (InboxUnavailableException unavailable) {
            holdAll(batch, unavailable, progress);
        } catch (RuntimeException failed) {
            if (failures.areOutage(failed)) {
                holdAll(batch, failed, progress);
            } else {
                report.splits(batch.size(), batch.get(0), failed);
                processOneByOne(batch, progress);
            }
        }
        return batch.size();
    }

    /** Another record may have made the blamed one fail. So the others are tried without it, then it is tried alone. */
    private void isolate(List<InboxRecord> batch, int culprit, Progress progress) {
        drain(batch.subList(0, culprit), progress);
        InboxRecord blamed = batch.get(culprit);
        if (!progress.holds(blamed.partition())) {
            processAlone(blamed, progress);
        }
    }

    private void processOneByOne(List<InboxRecord> batch, Progress progress) {
        for (InboxRecord received : batch) {
            if (!progress.holds(received.partition())) {
                processAlone(received, progress);
            }
        }
    }

    /** {@return 1} */
    private int processAlone(InboxRecord received, Progress progress) {
        try {
            process(List.of(received), progress);
        } catch (CulpritException known) {
            decide(received, known.failure(), progress);
        } catch (InboxUnavailableException unavailable) {
            hold(received, unavailable, progress);
        } catch (RuntimeException failed) {
            decide(received, failed, progress);
        }
        return 1;
    }

    private void process(List<InboxRecord> batch, Progress progress) {
        List<InboxOutcome> outcomes;
        try {
            outcomes = processor.process(batch);
        } catch (Error error) { // would stop the container
            throw new EventHandlingException("%s could not be processed".formatted(batch.get(0)), error);
        }
        done(batch, progress);
        report.processed(batch, outcomes);
        if (stores.guard().seesEveryType()) {
            resumeWhatWaited(batch, outcomes);
        }
    }

    /** Each event that arrives for a waiting key may be the missing one. However many arrive, the key is resumed once. */
    private void resumeWhatWaited(List<InboxRecord> batch, List<InboxOutcome> outcomes) {
        Set<InboxKey> arrived = new LinkedHashSet<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Parked) {
                arrived.add(batch.get(i).key(consumer));
            }
        }
        arrived.forEach(resumption::resume);
    }

    private void decide(InboxRecord received, RuntimeException failure, Progress progress) {
        if (failures.areOutage(failure)) {
            hold(received, failure, progress);
            return;
        }
        carryOut(failures.failed(received, failure), received, failure, progress);
    }

    private void carryOut(
            Failures.Decision decision, InboxRecord received, RuntimeException failure, Progress progress) {
        if (decision instanceof Retry retry) {
            report.retries(received, retry.attempts(), retry.pause(), failure);
            progress.hold(received.kafkaRecord(), retry.pause());
        } else if (decision instanceof GiveUp giveUp) {
            giveUp(received, failure, giveUp, progress);
        }
    }

    private void giveUp(InboxRecord received, RuntimeException failure, GiveUp decision, Progress progress) {
        try {
            switch (decision.policy()) {
                case PARK_KEY, DEFAULT -> park(received, failure, decision);
                case DEAD_LETTER -> {
                    deadLetters.send(consumer, received, failure, decision);
                    passOver(received);
                    report.deadLettered(received, decision.attempts(), failure);
                }
                case SKIP -> {
                    passOver(received);
                    report.skipped(received, decision.attempts(), failure);
                }
            }
            done(List.of(received), progress);
        } catch (RefusedLetterException refused) {
            if (failures.areOutage(refused)) {
                hold(received, refused, progress);
            } else {
                carryOut(failures.letterRefused(received, decision, refused), received, refused, progress);
            }
        } catch (RuntimeException unavailable) {
            hold(received, unavailable, progress);
        }
    }

    private void park(InboxRecord received, RuntimeException failure, GiveUp decision) {
        InboxParkingStore parking = stores.parking();
        stores.transactions().executeWithoutResult(transaction -> {
            parking.lock(received.key(consumer));
            parking.park(
                    List.of(received.parking(consumer, ParkingCause.FAILED, decision.reason(), decision.attempts())));
        });
        report.parked(received, decision.attempts(), decision.reason(), failure);
    }

    private void passOver(InboxRecord received) {
        stores.transactions().executeWithoutResult(transaction -> processor.passOver(received));
    }

    private void done(List<InboxRecord> records, Progress progress) {
        for (InboxRecord received : records) {
            progress.done(received);
            failures.passed(received);
        }
    }

    private void holdAll(List<InboxRecord> batch, RuntimeException failure, Progress progress) {
        for (InboxRecord received : batch) {
            if (!progress.holds(received.partition())) {
                hold(received, failure, progress);
            }
        }
    }

    private void hold(InboxRecord received, RuntimeException failure, Progress progress) {
        Duration pause = failures.unavailable(received);
        report.unavailable(received, pause, failure);
        progress.hold(received.kafkaRecord(), pause);
    }

    /**
     * {@return how many records may be handled together: those before the first one that has failed on its own, or that one}
     */
    private int untilSuspect(List<InboxRecord> records) {
        for (int index = 0; index < records.size(); index++) {
            if (failures.isSuspect(records.get(index))) {
                return Math.max(1, index);
            }
        }
        return records.size();
    }

    private static List<InboxRecord> withoutHeld(List<InboxRecord> records, Progress progress) {
        return records.stream()
                .filter(received -> !progress.holds(received.partition()))
                .toList();
    }
}
