package dev.outbox.sidecar.internal.command;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Words;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "targets", description = "Shows where the events go, and whether they get there.")
final class TargetsCommand implements Runnable {

    private final Session session;

    TargetsCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().get("/targets", Fields.none());
        session.show(answer, () -> {
            session.terminal().print(answer.text("answer"));
            session.terminal()
                    .print("%s%s waiting"
                            .formatted(
                                    Words.events(answer.number("waiting")),
                                    answer.json().path("moreWaiting").asBoolean(false) ? " or more" : ""));
            answer.json().path("targets").valueStream().forEach(this::show);
        });
    }

    private void show(JsonNode target) {
        session.terminal().print("");
        session.terminal()
                .print("%s at %s"
                        .formatted(
                                Answer.text(target, "name"),
                                target.path("addresses")
                                        .valueStream()
                                        .map(JsonNode::asString)
                                        .collect(Collectors.joining(", "))));
        Table table = new Table("TOPIC", "HELD", "SINCE", "WHY");
        target.path("topics")
                .valueStream()
                .forEach(topic -> table.row(
                        Answer.text(topic, "topic"),
                        Answer.text(topic, "held"),
                        Answer.text(topic, "heldAt"),
                        Answer.text(topic, "reason")));
        if (!table.isEmpty()) {
            session.terminal().print(table.toString());
        }
    }
}
