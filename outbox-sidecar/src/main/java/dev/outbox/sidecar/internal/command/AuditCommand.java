package dev.outbox.sidecar.internal.command;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.PageOptions;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "audit", description = "Lists who has decided what, the last decision first; needs the role auditor.")
final class AuditCommand implements Runnable {

    private final Session session;

    @Mixin
    PageOptions page = new PageOptions();

    AuditCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().get("/audit", page.addTo(Fields.none()));
        Table table = new Table("ID", "DECIDED AT", "BY", "ACTION", "AFFECTED", "SUBJECT");
        answer.json()
                .path("items")
                .valueStream()
                .forEach(entry -> table.row(
                        Answer.text(entry, "id"),
                        Answer.text(entry, "decidedAt"),
                        Answer.text(entry, "actor"),
                        Words.constant(Answer.text(entry, "action")),
                        Answer.text(entry, "affected"),
                        Answer.text(entry, "subject")));
        session.show(answer, () -> PageOptions.show(session.terminal(), answer, table, "Nothing was decided."));
    }
}
