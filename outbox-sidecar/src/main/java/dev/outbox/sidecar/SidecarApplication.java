package dev.outbox.sidecar;

import dev.outbox.relay.sidecar.RelayApplication;

/**
 * Starts the sidecar.
 *
 * @since 0.1.0
 */
public final class SidecarApplication {

    private SidecarApplication() {}

    /** Takes Spring Boot's usual arguments. */
    public static void main(String[] arguments) {
        RelayApplication.main(arguments);
    }
}
