package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "topics", description = "Lists topics that cannot be written to, with the number of events that wait.")
final class ParkedTopicsCommand implements Runnable {

    private final Session session;

    ParkedTopicsCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().get("/parked/topics", Fields.none());
        Table table = table(answer.json());
        session.show(
                answer,
                () -> session.terminal().print(table.isEmpty() ? "All topics can be written to." : table.toString()));
    }

    private static Table table(JsonNode topics) {
        Table table = new Table("TOPIC", "EVENTS", "SINCE", "REASON");
        topics.valueStream()
                .forEach(topic -> table.row(
                        Answer.text(topic, "topic"),
                        Answer.text(topic, "events"),
                        Answer.text(topic, "heldAt"),
                        Answer.text(topic, "reason")));
        return table;
    }
}
