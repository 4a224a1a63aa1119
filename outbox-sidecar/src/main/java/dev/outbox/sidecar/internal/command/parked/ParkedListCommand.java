package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.PageOptions;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "Lists keys with parked events, the one that was parked first comes first.")
final class ParkedListCommand implements Runnable {

    private final Session session;

    @Mixin
    ParkedOptions selection = new ParkedOptions();

    @Mixin
    PageOptions page = new PageOptions();

    ParkedListCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().get("/parked", page.addTo(selection.fields()));
        session.show(
                answer,
                () -> PageOptions.show(
                        session.terminal(), answer, table(answer.json().path("items")), "Nothing is parked."));
    }

    private static Table table(JsonNode keys) {
        Table table = new Table("AGGREGATE", "KEY", "EVENTS", "PARKED AT", "DECISION", "REASON");
        keys.valueStream()
                .forEach(key -> table.row(
                        Answer.text(key.path("key"), "type"),
                        Answer.text(key.path("key"), "id"),
                        Answer.text(key, "events"),
                        Answer.text(key, "parkedAt"),
                        key.path("releasing").asBoolean(false) ? "pending" : "none",
                        Answer.text(key, "reason")));
        return table;
    }
}
