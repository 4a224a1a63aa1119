package dev.outbox.sidecar.internal.command.replay;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Words;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Lists the replays of the sidecar since it started, the last one first.")
final class ReplayListCommand implements Runnable {

    private final Session session;

    ReplayListCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().get("/replays", Fields.none());
        Table table = new Table("ID", "STARTED AT", "BY", "STATE", "PUBLISHED", "OF", "MESSAGE");
        answer.json()
                .valueStream()
                .forEach(job -> table.row(
                        Answer.text(job, "id"),
                        Answer.text(job, "startedAt"),
                        Answer.text(job, "asker"),
                        Words.constant(Answer.text(job, "state")),
                        Answer.text(job, "published"),
                        Answer.text(job, "seen"),
                        Answer.text(job, "message")));
        session.show(
                answer,
                () -> session.terminal()
                        .print(
                                table.isEmpty()
                                        ? "The sidecar has replayed nothing since it started."
                                        : table.toString()));
    }
}
