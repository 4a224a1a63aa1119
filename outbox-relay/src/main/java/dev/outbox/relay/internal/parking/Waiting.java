package dev.outbox.relay.internal.parking;

import java.time.Duration;

/**
 * How much of a lane is set aside.
 *
 * @param events the events that wait for a person
 * @param age how long the oldest of them has been waiting
 * @param heldAge how long the oldest event that waits for its topic has been waiting
 */
public record Waiting(long events, Duration age, Duration heldAge) {

    public static final Waiting NOTHING = new Waiting(0, Duration.ZERO, Duration.ZERO);
}
