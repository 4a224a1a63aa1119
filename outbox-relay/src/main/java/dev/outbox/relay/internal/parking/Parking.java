package dev.outbox.relay.internal.parking;

import org.jspecify.annotations.Nullable;

/**
 * An event that leaves the lane without being published.
 *
 * @param seq its place in the outbox
 * @param reason why it cannot be published, or null if it waits for an earlier event that cannot
 * @param discarded whether it is discarded at once
 * @param held whether it waits for its topic, and not for a person
 */
public record Parking(long seq, @Nullable String reason, boolean discarded, boolean held) {

    /** An event that waits for a person, or is discarded. */
    public Parking(long seq, @Nullable String reason, boolean discarded) {
        this(seq, reason, discarded, false);
    }

    /** {@return an event that waits for its topic} */
    public static Parking held(long seq, String reason) {
        return new Parking(seq, reason, false, true);
    }
}
