package dev.outbox.consumer.internal.failure;

import dev.outbox.consumer.FailurePolicy;
import dev.outbox.event.EventTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of an event whose handler fails. That the database or the broker cannot be reached is not a failure of a
 * handler: such an event is tried until they can.
 *
 * @param policy park-key: park the event and all later ones of its key; dead-letter: send it to the dead-letter topic;
 *     skip: report it and continue
 * @param types the same for single event types; takes precedence over the annotation of the handler
 * @param attempts how often an event is tried before the failure policy applies
 * @param permanentExceptions exceptions after which an event is not retried, in addition to those of an unreadable payload;
 *     of an exception and its causes, the first one that is listed, here or as transient, decides
 * @param transientExceptions exceptions after which an event is retried; an exception that is listed nowhere is transient
 * @param deadLetterSuffix suffix that is added to the name of a topic to get the name of its dead-letter topic
 * @param initialInterval pause after the first attempt
 * @param multiplier how much longer each pause is than the one before
 * @param maxInterval longest pause
 * @param jitter random part of each pause, 0 to 1
 */
@ConfigurationProperties("outbox.inbox.failure")
public record FailureProperties(
        @DefaultValue("park-key") FailurePolicy policy,
        @DefaultValue Map<String, FailurePolicy> types,
        @DefaultValue("8") int attempts,
        @DefaultValue List<Class<? extends Throwable>> permanentExceptions,
        @DefaultValue List<Class<? extends Throwable>> transientExceptions,
        @DefaultValue(".dlt") String deadLetterSuffix,
        @DefaultValue("200ms") Duration initialInterval,
        @DefaultValue("2") double multiplier,
        @DefaultValue("10s") Duration maxInterval,
        @DefaultValue("0.5") double jitter) {

    /**
     * @throws IllegalArgumentException if a policy is {@link FailurePolicy#DEFAULT}, there is no attempt, or the values make no growing pauses or no topic
     */
    public FailureProperties {
        requireDecided("policy", policy);
        types.forEach((type, ofType) -> requireDecided("types." + type, ofType));
        require(attempts > 0, "attempts", attempts, "must be at least 1");
        require(initialInterval.toMillis() > 0, "initial-interval", initialInterval, "must be at least 1ms");
        require(multiplier >= 1, "multiplier", multiplier, "must be at least 1");
        require(
                maxInterval.compareTo(initialInterval) >= 0,
                "max-interval",
                maxInterval,
                "must not be shorter than initial-interval");
        require(jitter >= 0 && jitter <= 1, "jitter", jitter, "must be from 0 to 1");
        require(!deadLetterSuffix.isEmpty(), "dead-letter-suffix", "empty", "must name another topic");
        EventTopics.requireLegal("topic" + deadLetterSuffix);
        types = Map.copyOf(types);
        permanentExceptions = List.copyOf(permanentExceptions);
        transientExceptions = List.copyOf(transientExceptions);
    }

    private static void requireDecided(String name, FailurePolicy policy) {
        require(policy != FailurePolicy.DEFAULT, name, policy, "must be park-key, dead-letter or skip");
    }

    private static void require(boolean valid, String name, Object value, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("outbox.inbox.failure.%s is %s; it %s".formatted(name, value, rule));
        }
    }
}
