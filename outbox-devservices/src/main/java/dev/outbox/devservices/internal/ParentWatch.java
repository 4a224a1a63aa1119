package dev.outbox.devservices.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Runs an action in a server's process as soon as the process that started it closes the pipe, or is gone. */
final class ParentWatch {

    private ParentWatch() {}

    static void onEnd(Runnable action) {
        Thread thread = new Thread(() -> awaitEnd(System.in, action), "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitEnd(InputStream parent, Runnable action) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe says the same as an ended one.
        } finally {
            action.run();
        }
    }
}
