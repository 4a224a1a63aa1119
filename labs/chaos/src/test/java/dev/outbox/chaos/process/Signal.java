package dev.outbox.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What makes a process stand still and go on, of which it notices neither, and a JVM tell what it is doing. */
public enum Signal {
    STOP,
    CONT,
    QUIT;

    /**
     * Sends it and waits until it is sent.
     *
     * @throws IllegalStateException if there is no such process
     */
    public void sendTo(long pid) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("SIG%s could not be sent to process %d".formatted(name(), pid));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending a signal", e);
        }
    }
}
