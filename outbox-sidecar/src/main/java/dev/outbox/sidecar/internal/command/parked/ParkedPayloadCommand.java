package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.command.event.ShownPayload;
import dev.outbox.sidecar.internal.session.Session;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "payload",
        description = "Prints the payload of a parked event, as it will be published; needs the role payload.")
final class ParkedPayloadCommand implements Runnable {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "Id of the event.")
    @Nullable
    UUID id;

    ParkedPayloadCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        new ShownPayload(session).show("/parked/events/%s/payload".formatted(id));
    }
}
