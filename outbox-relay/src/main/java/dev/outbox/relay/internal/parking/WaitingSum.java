package dev.outbox.relay.internal.parking;

import java.time.Duration;

/** Adds up what waits, aggregate by aggregate and topic by topic. For use by a single thread. */
final class WaitingSum {

    private long events;
    private Duration age = Duration.ZERO;
    private Duration heldAge = Duration.ZERO;

    /** Events of an aggregate, the oldest of which has been waiting for that long. */
    void add(long more, Duration oldest) {
        events += more;
        age = longer(age, oldest);
    }

    /** Events of a topic, the oldest of which has been waiting for that long. */
    void addTopic(Duration oldest) {
        heldAge = longer(heldAge, oldest);
    }

    Waiting sum() {
        return new Waiting(events, age, heldAge);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
