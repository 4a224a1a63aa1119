package dev.outbox.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which changes to its shape are allowed in a released version of an event without making it a new version.
 *
 * @since 0.1.0
 */
public enum Compatibility {

    /**
     * For {@link EventContract}: {@link #FULL} for events that the service publishes, {@link #NONE} for those of other
     * services. The catalog says which of them it is.
     */
    DEFAULT,

    /** The new class reads the events that are stored. */
    @JsonProperty("backward")
    BACKWARD,

    /** Consumers with the old class read the new events. */
    @JsonProperty("forward")
    FORWARD,

    /** Both: the default for events that the service publishes, because a deployment never happens in one instant. */
    @JsonProperty("full")
    FULL,

    /** Any change: the default for events of other services, of which a service may read more or less at any time. */
    @JsonProperty("none")
    NONE;

    /** {@return whether stored events must stay readable} */
    public boolean isBackward() {
        return this == BACKWARD || this == FULL;
    }

    /** {@return whether deployed consumers must still be able to read new events} */
    public boolean isForward() {
        return this == FORWARD || this == FULL;
    }

    /** {@return the value as it is written in the catalog} */
    @Override
    public String toString() {
        return switch (this) {
            case DEFAULT -> "default";
            case BACKWARD -> "backward";
            case FORWARD -> "forward";
            case FULL -> "full";
            case NONE -> "none";
        };
    }
}
