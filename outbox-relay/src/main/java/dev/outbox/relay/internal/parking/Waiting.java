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

    /** {@return what is set aside here and there} */
    public Waiting plus(Waiting other) {
        return new Waiting(events + other.events, longer(age, other.age), longer(heldAge, other.heldAge));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
