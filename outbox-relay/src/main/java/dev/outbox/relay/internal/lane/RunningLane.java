package dev.outbox.relay.internal.lane;

/** A lane that this process works on, until its end. */
public interface RunningLane {

    /** Stops reading, drains what is in flight and hands the lane over. Returns at once; may be called again. */
    void stop();

    /** {@return whether it has been asked to stop} */
    boolean isStopping();

    /** {@return whether the lane has been handed over, or given up} */
    boolean hasEnded();
}
