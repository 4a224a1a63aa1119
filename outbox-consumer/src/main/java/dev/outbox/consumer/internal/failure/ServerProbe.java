package dev.outbox.consumer.internal.failure;

/** Checks whether a server that the inbox itself needs responds. */
@FunctionalInterface
public interface ServerProbe {

    /** {@return whether the server responds now; asks it each time, and throws nothing} */
    boolean answers();
}
