package dev.outbox.relay.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for how long published events stay in the outbox.
 *
 * @param enabled whether published events are removed from the outbox at all
 * @param keep minimum time for which published events are kept, counted from the end of the period of the slot in which
 *     they were written; a period is six hours unless the table was altered, so each event may be kept for up to one period
 *     more; must be less than the two periods for which a slot rests
 * @param interval pause between two attempts to remove events
 */
@ConfigurationProperties("outbox.relay.retention")
record RetentionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("6h") Duration keep,
        @DefaultValue("1m") Duration interval) {

    /**
     * @throws IllegalArgumentException if the time is negative, or the interval is not positive
     */
    public RetentionProperties {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("outbox.relay.retention.keep is negative: " + keep);
        }
        if (interval.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("outbox.relay.retention.interval is not positive: " + interval);
        }
    }
}
