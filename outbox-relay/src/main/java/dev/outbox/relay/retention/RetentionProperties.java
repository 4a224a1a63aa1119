package dev.outbox.relay.retention;

import dev.outbox.store.SlotCycle;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for how long published events stay in the outbox.
 *
 * @param enabled whether published events are removed from the outbox at all
 * @param keep how long published events are kept at least, counted from the end of the six hours in which they were
 *     written, so that each is kept for up to six hours more; less than 12 hours
 * @param interval pause between two attempts to remove events
 */
@ConfigurationProperties("outbox.relay.retention")
public record RetentionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("6h") Duration keep,
        @DefaultValue("1m") Duration interval) {

    /**
     * @throws IllegalArgumentException if the events are kept so long that their slot is written to again, or the
     *     interval is not positive
     */
    public RetentionProperties {
        if (keep.isNegative() || keep.compareTo(SlotCycle.REST) >= 0) {
            throw new IllegalArgumentException(
                    ("outbox.relay.retention.keep is %s; it must be less than the %s for which a"
                                    + " slot rests before it is written to again")
                            .formatted(keep, SlotCycle.REST));
        }
        if (interval.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("outbox.relay.retention.interval is not positive: " + interval);
        }
    }
}
