package dev.outbox.sidecar.internal.session;

import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Words;
import java.util.Locale;

/**
 * Jobs of the sidecar, as they are listed.
 *
 * @param path where the API has them
 * @param last the field of the last column, which only these jobs have
 * @param none what is said if there is none
 */
public record JobList(String path, String last, String none) {

    public void show(Session session) {
        Answer answer = session.api().get(path, Fields.none());
        Table table = new Table("ID", "STARTED AT", "BY", "STATE", "PUBLISHED", "OF", last.toUpperCase(Locale.ROOT));
        answer.json()
                .valueStream()
                .forEach(job -> table.row(
                        Answer.text(job, "id"),
                        Answer.text(job, "startedAt"),
                        Answer.text(job, "asker"),
                        Words.constant(Answer.text(job, "state")),
                        Answer.text(job, "published"),
                        Answer.text(job, "seen"),
                        Answer.text(job, last)));
        session.show(answer, () -> session.terminal().print(table.isEmpty() ? none : table.toString()));
    }
}
