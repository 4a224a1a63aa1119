package dev.outbox.relay.internal.database;

import dev.outbox.relay.internal.durability.Durability;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for what must be safe from loss before it is published.
 *
 * @param standbys application_name of each standby that must have an event on its disk before it is published; by default
 *     the disk of the server is enough
 * @param patience how long a read waits for the standbys before the wait is reported and the read is retried; must be well
 *     below the lease
 */
@ConfigurationProperties("outbox.relay.durability")
public record DurabilityProperties(
        @DefaultValue Set<String> standbys,
        @DefaultValue("1s") Duration patience) {

    /**
     * @throws IllegalArgumentException if the patience is not positive or a name is blank
     */
    public DurabilityProperties {
        // Refused there with the same words, and here already when the properties are bound.
        standbys = new Durability(standbys, patience).standbys();
    }

    /** {@return the same, as a read uses it} */
    public Durability toDurability() {
        return new Durability(standbys, patience);
    }
}
