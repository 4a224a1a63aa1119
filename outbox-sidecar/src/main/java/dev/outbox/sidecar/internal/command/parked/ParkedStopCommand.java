package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Decided;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Stops a release: what is not on its way to Kafka stays parked.")
final class ParkedStopCommand implements Runnable {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "Number of the release: that of its entry in the audit.")
    long id;

    ParkedStopCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().decide("/parked/releases/%d/stop".formatted(id), Fields.none());
        session.show(answer, () -> session.terminal().print(Decided.words(answer)));
    }
}
