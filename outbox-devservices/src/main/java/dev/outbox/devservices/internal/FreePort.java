package dev.outbox.devservices.internal;

import java.util.function.IntFunction;

/**
 * Starts a server on a port that was free a moment ago: another process of this machine may have taken it since, in which
 * case another one is tried. A port that was asked for is tried once.
 */
final class FreePort {

    private static final int ATTEMPTS = 5;

    private FreePort() {}

    static <T> T orRequested(String server, int requestedPort, IntFunction<T> start) {
        if (requestedPort != 0) {
            if (LocalPort.isOpen(requestedPort)) {
                throw new PortTakenException(server, requestedPort, "another server");
            }
            return start.apply(requestedPort);
        }
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return start.apply(LocalPort.free());
            } catch (PortTakenException e) {
                // The next one.
            }
        }
        return start.apply(LocalPort.free());
    }
}
