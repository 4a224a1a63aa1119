package dev.outbox.sidecar.internal.command;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Words;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "lanes", description = "Shows who publishes, and how much waits.")
final class LanesCommand implements Runnable {

    private final Session session;

    LanesCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api().get("/lanes", Fields.none());
        session.show(answer, () -> {
            session.terminal().print(lanes(answer.json()).toString());
            session.terminal().print("");
            session.terminal().print(relays(answer.json().path("relays")).toString());
        });
    }

    private static Table lanes(JsonNode answer) {
        var backlogs = answer.path("backlog")
                .valueStream()
                .collect(Collectors.toMap(backlog -> backlog.path("lane").asInt(), backlog -> backlog));
        Table table = new Table("LANE", "OWNER", "EPOCH", "WAITING", "OLDEST RAISED AT");
        answer.path("lanes").valueStream().forEach(lane -> {
            JsonNode backlog = backlogs.getOrDefault(lane.path("number").asInt(), answer.path("none"));
            table.row(
                    Answer.text(lane, "number"),
                    lane.path("owner").isNull() ? "nobody" : Answer.text(lane, "owner"),
                    Answer.text(lane, "epoch"),
                    backlog.path("events").asLong(0) + (backlog.path("more").asBoolean(false) ? " or more" : ""),
                    Answer.text(backlog, "oldest"));
        });
        return table;
    }

    private static Table relays(JsonNode relays) {
        Table table = new Table("RELAY", "ASKS FOR", "SINCE", "STATE");
        relays.valueStream()
                .forEach(relay -> table.row(
                        Answer.text(relay, "name"),
                        Words.lanes(relay.path("lanes").asLong(0)),
                        Answer.text(relay, "joinedAt"),
                        relay.path("running").asBoolean(false) ? "running" : "not heard of"));
        return table;
    }
}
