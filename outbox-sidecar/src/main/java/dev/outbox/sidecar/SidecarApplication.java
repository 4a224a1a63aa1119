package dev.outbox.sidecar;

import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.sidecar.internal.command.CommandLineTool;
import dev.outbox.sidecar.internal.terminal.Terminal;

/**
 * Starts the sidecar; or, if it is given a command, calls the console of a sidecar that runs.
 *
 * @since 0.1.0
 */
public final class SidecarApplication {

    private SidecarApplication() {}

    /** Takes Spring Boot's usual arguments, or a command with its options, such as {@code parked list}. */
    public static void main(String[] arguments) {
        if (CommandLineTool.isMeant(arguments)) {
            // Without Spring, so that the answer is there at once.
            System.exit(CommandLineTool.run(Terminal.ofProcess(), System.getenv(), arguments));
        }
        RelayApplication.main(arguments);
    }
}
