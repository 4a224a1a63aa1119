package dev.outbox.producer.internal.wakeup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how relays in other processes are woken.
 *
 * @param mode when relays are notified of commits: auto, if this application has no relay of its own; always; or never,
 *     where relays poll
 * @param interval minimum time between two notifications
 */
@ConfigurationProperties("outbox.notify")
public record NotifyProperties(
        @DefaultValue("auto") Mode mode,
        @DefaultValue("2ms") Duration interval) {

    /**
     * @throws IllegalArgumentException if the interval is not positive
     */
    public NotifyProperties {
        if (interval.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("outbox.notify.interval is not positive: " + interval);
        }
    }

    /** When relays are notified. */
    public enum Mode {
        /** If this application has no relay of its own. */
        AUTO,
        /** Whether or not it has one: another instance may own the lane. */
        ALWAYS,
        /** Relays poll. */
        NEVER
    }
}
