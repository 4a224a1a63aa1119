package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "count", description = "Says how much a release or discard of these keys would be about.")
final class ParkedCountCommand implements Runnable {

    private final Session session;

    @Mixin
    ParkedOptions selection = new ParkedOptions();

    ParkedCountCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().get("/parked/count", selection.fields());
        session.show(
                answer,
                () -> session.terminal()
                        .print("%s of %s"
                                .formatted(Words.events(answer.number("events")), Words.keys(answer.number("keys")))));
    }
}
