package dev.outbox.sidecar.internal.command;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Words;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "status", description = "Says whether anything is late, since when, and why.")
final class StatusCommand implements Runnable {

    private final Session session;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        if (session.isOutboxNamed()) {
            show(session.api());
            return;
        }
        List<String> outboxes = session.api()
                .get("/outboxes", Fields.none())
                .json()
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        outboxes.forEach(outbox -> show(session.api(outbox)));
    }

    private void show(Api api) {
        Answer answer = api.get("/overview", Fields.none());
        session.show(answer, () -> session.terminal().print(words(answer)));
    }

    private static String words(Answer overview) {
        StringBuilder text = new StringBuilder(overview.text("answer")).append('\n');
        // The first one is the answer.
        overview.json()
                .path("concerns")
                .valueStream()
                .skip(1)
                .forEach(concern -> text.append(Answer.text(concern, "text")).append('\n'));
        Table table = new Table("OUTBOX", overview.text("outbox"))
                .row(
                        "waiting",
                        "%d%s, the oldest for %s"
                                .formatted(
                                        overview.number("waiting"),
                                        overview.json().path("moreWaiting").asBoolean(false) ? " or more" : "",
                                        words(overview.text("age"))))
                .row(
                        "parked",
                        Words.events(overview.number("parkedEvents")) + " of "
                                + Words.keys(overview.number("parkedKeys")))
                .row("topics held", overview.number("heldTopics"))
                .row("lanes", "%d, %d without an owner".formatted(overview.number("lanes"), overview.number("unowned")))
                .row("relays", overview.number("relays"));
        return text.append('\n').append(table).toString();
    }

    private static String words(String age) {
        return Duration.parse(age)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .substring("PT".length())
                .toLowerCase(Locale.ROOT);
    }
}
