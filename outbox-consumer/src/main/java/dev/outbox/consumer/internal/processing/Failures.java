package dev.outbox.consumer.internal.processing;

import dev.outbox.consumer.FailurePolicy;
import dev.outbox.consumer.guard.UncountedEventException;
import dev.outbox.consumer.internal.failure.FailureClassifier;
import dev.outbox.consumer.internal.failure.FailureProperties;
import dev.outbox.consumer.internal.failure.Outages;
import dev.outbox.consumer.internal.failure.RetryPauses;
import dev.outbox.consumer.internal.handler.EventHandlerMethod;
import dev.outbox.consumer.internal.handler.EventHandlingException;
import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.consumer.internal.record.UnreadableRecordException;
import dev.outbox.internal.failure.Causes;
import dev.outbox.upcast.NewerVersionException;
import dev.outbox.upcast.UnreadablePayloadException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Counts, for each partition, the failures of its current event, and decides what to do next. The counts are kept in memory: if
 * a partition moves to another consumer, they start again. Thread-safe; each partition belongs to one thread.
 */
public final class Failures {

    private final FailureProperties properties;
    private final FailureClassifier classifier;
    private final RetryPauses pauses;
    private final Outages outages;
    private final Map<TopicPartition, Suspect> suspects = new ConcurrentHashMap<>();

    public Failures(FailureProperties properties, RetryPauses pauses, Outages outages) {
        this.properties = properties;
        this.classifier = new FailureClassifier(properties);
        this.pauses = pauses;
        this.outages = outages;
    }

    /** {@return whether the database or the broker is unreachable now, so a failure says nothing about its event} */
    public boolean areOutage(Throwable failure) {
        return outages.explain(failure);
    }

    /** {@return whether the record has failed on its own before, so it would only make a batch fail} */
    public boolean isSuspect(InboxRecord received) {
        Suspect suspect = suspects.get(received.partition());
        return suspect != null && suspect.is(received) && suspect.failures() > 0;
    }

    /** {@return what to do about an event that has failed on its own} */
    public Decision failed(InboxRecord received, Throwable failure) {
        return decide(received, failure, count(received, true).failures());
    }

    /** {@return what to do about an event that has failed this many times} */
    public Decision decide(InboxRecord received, Throwable failure, int failures) {
        Throwable cause = failure instanceof EventHandlingException ? causeOf(failure) : failure;
        EventHandlerMethod handler = failure instanceof EventHandlingException failed ? failed.handler() : null;
        if (failures < attemptsOf(handler) && isTransient(cause)) {
            return new Decision.Retry(pauses.after(failures), failures);
        }
        return new Decision.GiveUp(policyOf(received, cause, handler), failures, Causes.inOneLine(failure));
    }

    /** {@return how long to pause a partition for a reason that says nothing about its events} */
    public Duration unavailable(InboxRecord received) {
        return pauses.after(count(received, false).outages());
    }

    /** {@return what to do about an event that was given up, but whose dead letter the broker refuses although it responds} */
    public Decision letterRefused(InboxRecord received, Decision.GiveUp decision, RefusedLetterException refused) {
        Suspect suspect = Objects.requireNonNull(suspects.computeIfPresent(
                received.partition(),
                (partition, known) -> known.counted(known.failures(), known.outages(), known.letters() + 1)));
        return refused.isFinal() || suspect.letters() >= properties.attempts()
                ? new Decision.GiveUp(
                        FailurePolicy.PARK_KEY,
                        decision.attempts(),
                        "%s; it was given up because %s".formatted(Causes.inOneLine(refused), decision.reason()))
                : new Decision.Retry(pauses.after(suspect.letters()), decision.attempts());
    }

    /**
     * Forgets the failures of a partition, because the partition has advanced. Those of a later event in the same record stay:
     * the events before it come again with it.
     */
    public void passed(InboxRecord received) {
        if (!suspects.isEmpty()) {
            suspects.computeIfPresent(
                    received.partition(), (partition, known) -> known.isBehindInItsRecord(received) ? known : null);
        }
    }

    /** Forgets partitions that this consumer no longer has. */
    public void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(suspects::remove);
    }

    private Suspect count(InboxRecord received, boolean ownFault) {
        return Objects.requireNonNull(suspects.compute(received.partition(), (partition, known) -> {
            Suspect suspect = known != null && known.is(received)
                    ? known
                    : new Suspect(received.offset(), received.part(), 0, 0, 0);
            return ownFault
                    ? suspect.counted(suspect.failures() + 1, 0, suspect.letters())
                    : suspect.counted(suspect.failures(), suspect.outages() + 1, suspect.letters());
        }));
    }

    private boolean isTransient(Throwable failure) {
        if (failure instanceof NewerVersionException newer) {
            return !newer.isToBeParked();
        }
        return !(failure instanceof UnreadablePayloadException)
                && !(failure instanceof UnreadableRecordException)
                && !(failure instanceof UncountedEventException)
                && classifier.isTransient(failure);
    }

    private int attemptsOf(@Nullable EventHandlerMethod handler) {
        int declared = handler == null ? 0 : handler.declaration().attempts();
        return declared > 0 ? declared : properties.attempts();
    }

    private FailurePolicy policyOf(InboxRecord received, Throwable cause, @Nullable EventHandlerMethod handler) {
        if (cause instanceof NewerVersionException newer && newer.isToBeParked()) {
            return FailurePolicy.PARK_KEY;
        }
        FailurePolicy configured = properties.types().get(received.type());
        if (configured != null) {
            return configured;
        }
        FailurePolicy declared =
                handler == null ? FailurePolicy.DEFAULT : handler.declaration().onFailure();
        return declared == FailurePolicy.DEFAULT ? properties.policy() : declared;
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : cause;
    }

    /** What to do after a failure. */
    public sealed interface Decision {

        /**
         * Another attempt.
         *
         * @param pause how long to wait before it
         * @param attempts how many attempts there were
         */
        record Retry(Duration pause, int attempts) implements Decision {}

        /**
         * No further attempt.
         *
         * @param policy what to do with the event
         * @param attempts how many attempts there were
         * @param reason what went wrong
         */
        record GiveUp(FailurePolicy policy, int attempts, String reason) implements Decision {}
    }

    /**
     * The current event of a partition.
     *
     * @param part its number within its record
     * @param failures how often it has failed
     * @param outages how often the database or the broker could not be reached since then
     * @param letters how often the broker has refused its dead letter
     */
    private record Suspect(long offset, int part, int failures, int outages, int letters) {

        boolean is(InboxRecord received) {
            return offset == received.offset() && part == received.part();
        }

        boolean isBehindInItsRecord(InboxRecord received) {
            return offset == received.offset() && part > received.part();
        }

        Suspect counted(int nowFailures, int nowOutages, int nowLetters) {
            return new Suspect(offset, part, nowFailures, nowOutages, nowLetters);
        }
    }
}
