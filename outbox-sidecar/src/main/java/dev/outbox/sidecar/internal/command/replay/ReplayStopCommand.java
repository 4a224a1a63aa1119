package dev.outbox.sidecar.internal.command.replay;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Stops a replay, when Kafka has acknowledged what was sent.")
final class ReplayStopCommand implements Runnable {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "Number of the replay.")
    long id;

    ReplayStopCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().decide("/replays/%d/stop".formatted(id), Fields.none());
        session.show(
                answer,
                () -> session.terminal()
                        .print("Replay %d was told to stop. It has published %s so far."
                                .formatted(id, Words.events(answer.number("published")))));
    }
}
