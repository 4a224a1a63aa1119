package dev.outbox.inbox.failure;

/** Whether a server that the inbox itself needs answers. */
@FunctionalInterface
public interface ServerProbe {

    /** {@return whether it answers now; asks it each time, and throws nothing} */
    boolean answers();
}
