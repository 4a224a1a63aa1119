package dev.outbox.sidecar.internal.command;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "consumers", description = "Shows which consumer groups read the topics, and how far behind each is.")
final class ConsumersCommand implements Runnable {

    private final Session session;

    ConsumersCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().get("/consumers", Fields.none());
        session.show(answer, () -> {
            session.terminal().print(answer.text("answer"));
            print(groups(answer.json().at("/groups/groups")));
            print(inbox(answer.json().path("inbox")));
            print(versions(answer.json().path("inbox")));
        });
    }

    private void print(Table table) {
        if (!table.isEmpty()) {
            session.terminal().print("");
            session.terminal().print(table.toString());
        }
    }

    private static Table groups(JsonNode groups) {
        Table table = new Table("GROUP", "TOPIC", "BEHIND", "PARTITIONS", "CONSUMERS");
        groups.valueStream()
                .forEach(group -> table.row(
                        Answer.text(group, "group"),
                        Answer.text(group, "topic"),
                        Answer.text(group, "lag"),
                        Answer.text(group, "partitions"),
                        Answer.text(group, "members")));
        return table;
    }

    /** Of a service: a sidecar has none. */
    private static Table inbox(JsonNode consumers) {
        Table table = new Table("CONSUMER", "PARKED KEYS", "PARKED EVENTS", "GAPS", "FORKS", "OLDEST PARKED AT");
        consumers
                .valueStream()
                .forEach(consumer -> table.row(
                        Answer.text(consumer, "consumer"),
                        Answer.text(consumer, "parkedKeys"),
                        Answer.text(consumer, "parkedEvents"),
                        Answer.text(consumer, "gaps"),
                        Answer.text(consumer, "forks"),
                        Answer.text(consumer, "parkedAt")));
        return table;
    }

    private static Table versions(JsonNode consumers) {
        Table table = new Table("CONSUMER", "EVENT", "VERSION", "READ", "LAST SEEN AT");
        consumers
                .valueStream()
                .forEach(consumer -> consumer.path("versions")
                        .valueStream()
                        .forEach(seen -> table.row(
                                Answer.text(consumer, "consumer"),
                                Answer.text(seen, "type"),
                                Answer.text(seen, "version"),
                                Answer.text(seen, "events"),
                                Answer.text(seen, "seenAt"))));
        return table;
    }
}
