package dev.outbox.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which change of its shape a released version of an event may undergo without becoming a new version. */
public enum Compatibility {

    /** The new class reads the events that are stored. */
    @JsonProperty("backward")
    BACKWARD,

    /** Consumers with the old class read the new events. */
    @JsonProperty("forward")
    FORWARD,

    /** Both: the default for events that the service publishes, for a deployment is never done at one instant. */
    @JsonProperty("full")
    FULL,

    /** Any change: the default for events of others, of which a service may take more or less at any time. */
    @JsonProperty("none")
    NONE;

    /** {@return whether stored events have to stay readable} */
    public boolean isBackward() {
        return this == BACKWARD || this == FULL;
    }

    /** {@return whether deployed consumers have to be able to read on} */
    public boolean isForward() {
        return this == FORWARD || this == FULL;
    }

    /** {@return as it stands in the catalog} */
    @Override
    public String toString() {
        return switch (this) {
            case BACKWARD -> "backward";
            case FORWARD -> "forward";
            case FULL -> "full";
            case NONE -> "none";
        };
    }
}
