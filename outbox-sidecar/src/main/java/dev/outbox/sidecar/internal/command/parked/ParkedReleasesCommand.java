package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Words;
import picocli.CommandLine.Command;

@Command(name = "releases", description = "Lists the releases that have not ended, the last one first.")
final class ParkedReleasesCommand implements Runnable {

    private final Session session;

    ParkedReleasesCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().get("/parked/releases", Fields.none());
        Table table = new Table("ID", "STARTED AT", "BY", "STATE", "PUBLISHED", "OF", "SUBJECT");
        answer.json()
                .valueStream()
                .forEach(job -> table.row(
                        Answer.text(job, "id"),
                        Answer.text(job, "startedAt"),
                        Answer.text(job, "asker"),
                        Words.constant(Answer.text(job, "state")),
                        Answer.text(job, "published"),
                        Answer.text(job, "seen"),
                        Answer.text(job, "subject")));
        session.show(
                answer, () -> session.terminal().print(table.isEmpty() ? "No release is running." : table.toString()));
    }
}
