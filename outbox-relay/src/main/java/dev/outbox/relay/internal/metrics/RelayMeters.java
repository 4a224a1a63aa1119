package dev.outbox.relay.internal.metrics;

import java.util.function.IntSupplier;

/** The meters of a relay. Thread-safe. */
public interface RelayMeters {

    /** Measures nothing. */
    RelayMeters NONE = new RelayMeters() {};

    /**
     * {@return the meters of a lane that this relay begins to work on}
     *
     * @param lane its number
     * @param readings what its gauges show
     */
    default LaneMeters lane(int lane, LaneReadings readings) {
        return LaneMeters.NONE;
    }

    /**
     * Registers what is known of the lanes as a whole.
     *
     * @param unowned how many of them no relay owns
     */
    default void lanes(IntSupplier unowned) {}

    /**
     * {@return the meters of a replay that begins}
     *
     * @param events how many events it is about, or 0 if nobody has counted them
     */
    default ReplayMeters replay(long events) {
        return ReplayMeters.NONE;
    }
}
