package dev.outbox.relay.internal.metrics;

/** What the gauges of a lane show, from memory. Thread-safe. */
public interface LaneReadings {

    /** {@return about how many events of the lane are not published} */
    double pending();

    /** {@return the age of the oldest of them in seconds} */
    double pendingAge();

    /** {@return how long the lane has been waiting for this in seconds; 0 if it is not} */
    double waiting(LaneWait reason);

    /** {@return how many topics are held} */
    double heldTopics();

    /** {@return how long the oldest event has been waiting for its topic, in seconds} */
    double heldTopicsAge();

    /** {@return how many events wait for a person} */
    double parked();

    /** {@return how long the oldest of them has been waiting, in seconds} */
    double parkedAge();
}
