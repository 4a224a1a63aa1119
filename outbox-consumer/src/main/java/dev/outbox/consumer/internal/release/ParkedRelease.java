package dev.outbox.consumer.internal.release;

import dev.outbox.consumer.guard.Admission;
import dev.outbox.consumer.internal.metrics.ConsumerMeters;
import dev.outbox.consumer.internal.metrics.InboxMeters;
import dev.outbox.consumer.internal.metrics.ReleaseOutcome;
import dev.outbox.consumer.internal.parking.InboxParkingStore;
import dev.outbox.consumer.internal.processing.DeadLetters;
import dev.outbox.consumer.internal.processing.Failures;
import dev.outbox.consumer.internal.processing.InboxConsumers;
import dev.outbox.consumer.internal.processing.InboxOutcome;
import dev.outbox.consumer.internal.processing.InboxProcessor;
import dev.outbox.consumer.internal.processing.InboxReport;
import dev.outbox.consumer.internal.processing.RefusedLetterException;
import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.consumer.parking.DecisionNote;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.InboxSelection;
import dev.outbox.consumer.parking.ParkedInboxCause;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.consumer.parking.ReleaseResult;
import dev.outbox.internal.failure.Causes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Passes parked events through the guard and the handlers, the events of a key in order. Each step is one transaction:
 *
 * <ol>
 *   <li>The key is locked. A consumer that has an event of this key waits, and then finds the key still parked, or no longer.
 *   <li>The guard enters the first event of the key. If the guard holds the event back, it is let in if a person releases it,
 *       or if it has waited long enough for a missing one.
 *   <li>If the event is new and was not given up, its handlers run.
 *   <li>The event is removed, and the transaction commits.
 * </ol>
 *
 * Thread-safe.
 */
public final class ParkedRelease implements ParkedInboxEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedRelease.class);

    private final InboxConsumers consumers;
    private final InboxParkingStore parking;
    private final TransactionOperations transactions;
    private final Failures failures;
    private final Supplier<DeadLetters> deadLetters;
    private final ApplicationEventPublisher events;
    private final InboxMeters meters;

    /**
     * @param transactions starts a new transaction, whatever the caller has
     */
    public ParkedRelease(
            InboxConsumers consumers,
            InboxParkingStore parking,
            TransactionOperations transactions,
            Failures failures,
            Supplier<DeadLetters> deadLetters,
            ApplicationEventPublisher events,
            InboxMeters meters) {
        this.consumers = consumers;
        this.parking = parking;
        this.transactions = transactions;
        this.failures = failures;
        this.deadLetters = deadLetters;
        this.events = events;
        this.meters = meters;
    }

    @Override
    public List<ParkedInboxCause> causes(int limit) {
        return parking.causes(limit);
    }

    @Override
    public List<ParkedInboxKey> keys(InboxSelection selection, int limit) {
        return parking.keys(selection, limit);
    }

    @Override
    public long count(InboxKey key) {
        return parking.count(key);
    }

    @Override
    public Optional<ParkedInboxEvent> event(long id) {
        return parking.find(id);
    }

    @Override
    public List<ParkedInboxEvent> events(InboxKey key, int limit) {
        return parking.events(key, limit);
    }

    @Override
    public boolean edit(long id, byte[] payload) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> parking.edit(id, payload)));
    }

    @Override
    public ReleaseResult release(InboxKey key, DecisionNote note) {
        return run(key, note);
    }

    @Override
    public ReleaseResult releaseAll() {
        int handled = 0;
        int passed = 0;
        String failure = null;
        for (ParkedInboxKey parked : parking.keys(Integer.MAX_VALUE)) {
            if (consumers.find(parked.key().consumer()) == null) {
                continue;
            }
            ReleaseResult released = run(parked.key(), DecisionNote.NONE);
            handled += released.handled();
            passed += released.passed();
            failure = failure == null ? released.failure() : failure;
        }
        return new ReleaseResult(handled, passed, failure);
    }

    /**
     * Handles the first event of a key, which waited for a missing one. That one may have arrived by now, or is no longer
     * waited for. If the event fails, it keeps its place until it has been tried as often as any other; then its failure policy
     * is applied.
     *
     * @param overGap whether to stop waiting for the missing event
     * @return when to continue, if there is anything to continue with
     * @throws RuntimeException if a server is unreachable
     */
    Optional<Duration> resume(InboxKey key, boolean overGap) {
        ConsumerMeters counted = meters.of(key.consumer());
        Attempt attempt = new Attempt(
                consumers.get(key.consumer()), key, overGap ? Occasion.PATIENCE : Occasion.ARRIVAL, DecisionNote.NONE);
        Step step;
        try {
            step = Objects.requireNonNull(transactions.execute(transaction -> attempt.run()));
        } catch (RuntimeException failed) {
            counted.released(ReleaseOutcome.FAILED);
            return failed(attempt, failed);
        }
        count(counted, attempt, step);
        return step == Step.HELD || step == Step.NONE_LEFT ? Optional.empty() : Optional.of(Duration.ZERO);
    }

    private Optional<Duration> failed(Attempt attempt, RuntimeException failure) {
        ParkedInboxEvent event = attempt.event;
        if (event == null || failures.areOutage(failure)) {
            throw failure;
        }
        int attempts = event.attempts() + 1;
        Failures.Decision decision = failures.decide(new InboxRecord(event.received()), failure, attempts);
        if (decision instanceof Failures.Decision.GiveUp giveUp) {
            return giveUp(event, failure, giveUp);
        }
        Duration pause = ((Failures.Decision.Retry) decision).pause();
        String reason = Causes.inOneLine(failure);
        if (decided(event, now -> parking.tried(now.id(), now.cause(), reason, attempts))) {
            LOG.warn(
                    "Parked event {} of {} failed, attempt {}; it will be tried again in {} ms: {}",
                    event.id(),
                    event.key(),
                    attempts,
                    pause.toMillis(),
                    reason,
                    failure);
        }
        return Optional.of(pause);
    }

    private Optional<Duration> giveUp(
            ParkedInboxEvent event, RuntimeException failure, Failures.Decision.GiveUp decision) {
        return switch (decision.policy()) {
            case PARK_KEY, DEFAULT -> stays(event, failure, decision.reason(), decision.attempts());
            case SKIP -> passedOver(event, failure, decision, "skipped", now -> {});
            case DEAD_LETTER -> deadLettered(event, failure, decision);
        };
    }

    /** A letter that the broker may still accept holds up only its key, so sending it is tried for as long as it takes. */
    private Optional<Duration> deadLettered(
            ParkedInboxEvent event, RuntimeException failure, Failures.Decision.GiveUp decision) {
        try {
            return passedOver(
                    event,
                    failure,
                    decision,
                    "sent to the dead-letter topic",
                    now -> deadLetters
                            .get()
                            .send(now.key().consumer(), new InboxRecord(now.received()), failure, decision));
        } catch (RefusedLetterException refused) {
            if (!refused.isFinal() || failures.areOutage(refused)) {
                throw refused;
            }
            String reason = "%s; it was given up because %s".formatted(Causes.inOneLine(refused), decision.reason());
            return stays(event, refused, reason, decision.attempts());
        }
    }

    private Optional<Duration> passedOver(
            ParkedInboxEvent event,
            RuntimeException failure,
            Failures.Decision.GiveUp decision,
            String fate,
            Consumer<ParkedInboxEvent> before) {
        if (decided(event, before.andThen(this::passOver))) {
            meters.of(event.key().consumer()).released(ReleaseOutcome.PASSED);
            LOG.warn(
                    "Parked event {} of {} failed, attempt {}; it is {}: {}",
                    event.id(),
                    event.key(),
                    decision.attempts(),
                    fate,
                    decision.reason(),
                    failure);
        }
        return Optional.of(Duration.ZERO);
    }

    private Optional<Duration> stays(ParkedInboxEvent event, RuntimeException failure, String reason, int attempts) {
        if (!decided(event, now -> parking.tried(now.id(), ParkingCause.FAILED, reason, attempts))) {
            return Optional.of(Duration.ZERO);
        }
        new InboxReport(event.key().consumer(), events, meters.of(event.key().consumer()))
                .staysParked(new InboxRecord(event.received()), attempts, reason, failure);
        return Optional.empty();
    }

    /**
     * Decides about an event that has failed, under the lock of its key. Nobody handles the event in the meantime. If another
     * instance or a person has changed the event since it failed, that change stands.
     */
    private boolean decided(ParkedInboxEvent failed, Consumer<ParkedInboxEvent> decision) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            parking.lock(failed.key());
            Optional<ParkedInboxEvent> same = parking.find(failed.id())
                    .filter(now -> now.attempts() == failed.attempts()
                            && !now.discarded()
                            && Objects.equals(now.editedAt(), failed.editedAt()));
            same.ifPresent(decision);
            return same.isPresent();
        }));
    }

    private static void count(ConsumerMeters counted, Attempt attempt, Step step) {
        if (attempt.overGap) {
            counted.gapPassed();
        }
        if (step == Step.HANDLED) {
            counted.released(ReleaseOutcome.HANDLED);
        } else if (step == Step.PASSED) {
            counted.released(ReleaseOutcome.PASSED);
        }
    }

    @Override
    public int discard(InboxKey key, DecisionNote note) {
        consumers.get(key.consumer());
        int discarded = 0;
        transactions.executeWithoutResult(transaction -> {
            parking.lock(key);
            note.decided(parking.count(key));
            parking.discard(key);
        });
        while (Boolean.TRUE.equals(transactions.execute(transaction -> discardFirst(key)))) {
            discarded++;
        }
        meters.of(key.consumer()).discarded();
        return discarded;
    }

    @Override
    public boolean discard(long id, DecisionNote note) {
        Optional<ParkedInboxEvent> found = parking.find(id);
        if (found.isEmpty()) {
            return false;
        }
        InboxKey key = found.get().key();
        consumers.get(key.consumer());
        boolean discarded = Boolean.TRUE.equals(transactions.execute(transaction -> discard(key, id, note)));
        meters.of(key.consumer()).discarded();
        return discarded;
    }

    private boolean discard(InboxKey key, long id, DecisionNote note) {
        parking.lock(key);
        List<ParkedInboxEvent> first = parking.events(key, 2);
        Optional<ParkedInboxEvent> still = parking.find(id);
        boolean isNew = still.isPresent() && !still.get().discarded();
        boolean isAlone = first.size() == 1 && first.get(0).id() == id;
        if (isNew || isAlone) {
            note.decided(1);
        }
        if (isAlone) {
            return discardFirst(key);
        }
        still.ifPresent(event -> parking.discard(id));
        return isNew;
    }

    private boolean discardFirst(InboxKey key) {
        parking.lock(key);
        Optional<ParkedInboxEvent> first = parking.first(key);
        first.ifPresent(this::passOver);
        return first.isPresent();
    }

    private ReleaseResult run(InboxKey key, DecisionNote note) {
        InboxProcessor processor = consumers.get(key.consumer());
        ConsumerMeters counted = meters.of(key.consumer());
        int handled = 0;
        int passed = 0;
        DecisionNote due = note;
        while (true) {
            Attempt attempt = new Attempt(processor, key, Occasion.PERSON, due);
            Step step;
            try {
                step = Objects.requireNonNull(transactions.execute(transaction -> attempt.run()));
            } catch (RuntimeException failed) {
                String reason = refuse(attempt, failed);
                counted.released(ReleaseOutcome.FAILED);
                return new ReleaseResult(handled, passed, reason);
            }
            due = DecisionNote.NONE;
            count(counted, attempt, step);
            switch (step) {
                case HANDLED -> handled++;
                case PASSED -> passed++;
                case HELD -> {
                    return new ReleaseResult(
                            handled, passed, "An earlier event has not arrived, or a person has to decide");
                }
                case NONE_LEFT -> {
                    return new ReleaseResult(handled, passed, null);
                }
            }
        }
    }

    private String refuse(Attempt attempt, RuntimeException failure) {
        ParkedInboxEvent event = attempt.event;
        if (event == null || failures.areOutage(failure)) {
            throw failure;
        }
        String reason = Causes.inOneLine(failure);
        LOG.warn(
                "Parked event {} of {} failed again; it stays parked with all later events of its key: {}",
                event.id(),
                event.key(),
                reason,
                failure);
        transactions.executeWithoutResult(transaction -> {
            attempt.note.decided(attempt.events);
            parking.refuse(event.id(), ParkingCause.FAILED, reason);
        });
        return reason;
    }

    private void passOver(ParkedInboxEvent event) {
        consumers.get(event.key().consumer()).passOver(new InboxRecord(event.received()));
        parking.remove(event.id());
    }

    /** Why a key is resumed; this determines what may be let in. */
    private enum Occasion {
        PERSON,
        ARRIVAL,
        PATIENCE;

        boolean letsIn(Admission admission) {
            return switch (admission) {
                case NEW, DUPLICATE -> false;
                case GAP -> this != ARRIVAL;
                case FORK, LATE -> this == PERSON;
            };
        }

        boolean decides(ParkedInboxEvent event) {
            return this == PERSON
                    || !(event.discarded()
                            || event.cause() == ParkingCause.FAILED
                            || event.cause() == ParkingCause.FORK
                            || event.cause() == ParkingCause.LATE);
        }
    }

    private enum Step {
        HANDLED,
        PASSED,
        HELD,
        NONE_LEFT
    }

    /** One step, and its event. */
    private final class Attempt {

        private final InboxProcessor processor;
        private final InboxKey key;
        private final Occasion occasion;
        private final DecisionNote note;
        private long events;
        private @Nullable ParkedInboxEvent event;
        private boolean overGap;

        Attempt(InboxProcessor processor, InboxKey key, Occasion occasion, DecisionNote note) {
            this.processor = processor;
            this.key = key;
            this.occasion = occasion;
            this.note = note;
        }

        Step run() {
            parking.lock(key);
            writeDown();
            Optional<ParkedInboxEvent> first = parking.first(key);
            if (first.isEmpty()) {
                return Step.NONE_LEFT;
            }
            ParkedInboxEvent found = first.get();
            if (!occasion.decides(found)) {
                return Step.HELD;
            }
            event = found;
            if (found.discarded()) {
                passOver(found);
                return Step.PASSED;
            }
            return handle(found);
        }

        /** Before there is an event that could be taken for the cause of a failure. */
        private void writeDown() {
            if (note != DecisionNote.NONE) {
                events = parking.count(key);
                note.decided(events);
            }
        }

        private Step handle(ParkedInboxEvent found) {
            InboxRecord received = new InboxRecord(found.received());
            Admission admission = admit(received);
            switch (admission) {
                case GAP, FORK, LATE -> {
                    holdBack(found, ParkingCause.valueOf(admission.name()));
                    return Step.HELD;
                }
                default -> {
                    boolean isNew = admission == Admission.NEW;
                    boolean handled = isNew && processor.handle(received) instanceof InboxOutcome.Handled;
                    parking.remove(found.id());
                    return handled ? Step.HANDLED : Step.PASSED;
                }
            }
        }

        /** Writes only if the cause has changed: a waiting event is looked at often, and mostly keeps waiting. */
        private void holdBack(ParkedInboxEvent found, ParkingCause cause) {
            if (found.cause() != cause) {
                parking.refuse(found.id(), cause, null);
            }
        }

        private Admission admit(InboxRecord received) {
            Admission admission = processor.admit(received);
            if (!occasion.letsIn(admission)) {
                return admission;
            }
            overGap = admission == Admission.GAP;
            return processor.letIn(received);
        }
    }
}
