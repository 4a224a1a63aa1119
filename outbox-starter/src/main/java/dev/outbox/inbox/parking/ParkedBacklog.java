package dev.outbox.inbox.parking;

import java.time.Duration;

/**
 * How much of a consumer is parked and not given up.
 *
 * @param events how many events
 * @param age how long the oldest of them has been parked, by the clock of the database; zero if there is none
 */
public record ParkedBacklog(long events, Duration age) {

    /** Nothing is parked. */
    public static final ParkedBacklog NONE = new ParkedBacklog(0, Duration.ZERO);

    /** {@return both together} */
    ParkedBacklog plus(ParkedBacklog other) {
        return new ParkedBacklog(events + other.events, age.compareTo(other.age) < 0 ? other.age : age);
    }
}
