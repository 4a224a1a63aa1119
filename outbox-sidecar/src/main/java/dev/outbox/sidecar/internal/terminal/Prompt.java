package dev.outbox.sidecar.internal.terminal;

/** Asks the person at the terminal. */
public interface Prompt {

    /** {@return what was typed; empty if nothing was} */
    String line(String question);

    /** {@return what was typed, which is not shown} */
    String secret(String question);
}
