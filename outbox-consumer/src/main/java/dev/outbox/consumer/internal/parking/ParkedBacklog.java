package dev.outbox.consumer.internal.parking;

import java.time.Duration;

/**
 * How many events of a consumer are parked and not discarded, and for how long.
 *
 * @param events how many events
 * @param age how long the oldest of them has been parked, according to the database clock; zero if there is none
 */
public record ParkedBacklog(long events, Duration age) {

    /** Nothing is parked. */
    public static final ParkedBacklog NONE = new ParkedBacklog(0, Duration.ZERO);

    /** {@return both combined} */
    ParkedBacklog plus(ParkedBacklog other) {
        return new ParkedBacklog(events + other.events, age.compareTo(other.age) < 0 ? other.age : age);
    }
}
