package dev.outbox.relay.internal.durability;

import java.time.Duration;
import java.util.Set;

/**
 * Where an event has to be stored before it is published, so that no crash can take back what consumers have seen: always on
 * the disk of the server, and optionally on those of standbys.
 *
 * @param standbys {@code application_name} of each standby that must have the event on its disk; a standby that is promoted
 *     and is not among them may lack events that were published
 * @param patience how long a read waits for that; a standby that is gone holds up all events until it is back
 */
public record Durability(Set<String> standbys, Duration patience) {

    /** The server's own disk. */
    public static final Durability LOCAL = new Durability(Set.of(), Duration.ofSeconds(1));

    /**
     * @throws IllegalArgumentException if the patience is not positive or a name is blank
     */
    public Durability {
        standbys = Set.copyOf(standbys);
        if (patience.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("Patience for durability is not positive: " + patience);
        }
        if (standbys.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("A standby has a blank name: " + standbys);
        }
    }
}
