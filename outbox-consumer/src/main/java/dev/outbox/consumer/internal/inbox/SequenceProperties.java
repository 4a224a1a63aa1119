package dev.outbox.consumer.internal.inbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What guard aggregate-sequence does about events that are missing.
 *
 * @param lateStart whether the first event of an aggregate that a consumer sees may be a later one, for example if it
 *     starts in the middle of a topic; if false, the earlier ones are waited for
 * @param passAfter how long to wait for a missing event before the events behind it are handled without it; by default
 *     until it arrives, or a person releases them
 */
@ConfigurationProperties("outbox.inbox.sequence")
public record SequenceProperties(
        @DefaultValue("true") boolean lateStart, @Nullable Duration passAfter) {

    /**
     * @throws IllegalArgumentException if the time is not positive
     */
    public SequenceProperties {
        if (passAfter != null && passAfter.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "outbox.inbox.sequence.pass-after is %s; it must be at least 1ms".formatted(passAfter));
        }
    }
}
