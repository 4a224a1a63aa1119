package dev.outbox.relay.parking;

import org.jspecify.annotations.Nullable;

/**
 * An event that leaves the lane without being published.
 *
 * @param seq its place in the outbox
 * @param reason why it cannot be published, or null if it waits behind one that cannot
 * @param discarded whether it is given up at once
 */
public record Parking(long seq, @Nullable String reason, boolean discarded) {}
