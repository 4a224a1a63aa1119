package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Decided;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "discard-event", description = "Has one parked event never published. Asks first.")
final class ParkedDiscardEventCommand implements Runnable {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "Id of the event.")
    @Nullable
    UUID id;

    @Option(names = "--yes", description = "For scripts: do not ask.")
    boolean yes;

    ParkedDiscardEventCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Api api = session.api();
        if (!yes) {
            session.terminal().confirm("Discard event %s?".formatted(id), "--yes");
        }
        Answer answer = api.decide("/parked/events/%s/discard".formatted(id), Fields.none());
        session.show(answer, () -> session.terminal().print(Decided.words(answer)));
    }
}
