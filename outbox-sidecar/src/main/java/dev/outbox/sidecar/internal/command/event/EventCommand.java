package dev.outbox.sidecar.internal.command.event;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Words;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "event",
        description = "Says how far one event has come, and names the first step that it has not taken.")
public final class EventCommand implements Runnable {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "Id of the event.")
    @Nullable
    UUID id;

    @Option(names = "--trail", description = "Print its steps alone.")
    boolean trail;

    @Option(
            names = "--payload",
            description =
                    "Print its payload alone, as it was raised; needs the role payload. What outbox.console.mask names is hidden.")
    boolean payload;

    public EventCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        String path = "/events/" + id;
        if (payload) {
            new ShownPayload(session).show(path + "/payload");
            return;
        }
        Api api = session.api();
        if (trail || !session.json()) {
            Answer steps = api.get(path + "/trail", Fields.none());
            session.show(steps, () -> session.terminal().print(steps(steps)));
        }
        if (!trail) {
            Answer event = api.get(path, Fields.none());
            session.show(event, () -> session.terminal().print("\n" + fields(event.json())));
        }
    }

    private static String steps(Answer trail) {
        Table table = new Table("STEP", "STATE", "DETAIL");
        trail.json()
                .path("steps")
                .valueStream()
                .forEach(step -> table.row(
                        Words.constant(Answer.text(step, "kind")),
                        Words.constant(Answer.text(step, "state")),
                        Answer.text(step, "detail")));
        return trail.text("answer") + "\n\n" + table;
    }

    private static Table fields(JsonNode event) {
        Table table = new Table("ID", Answer.text(event, "id"));
        event.properties().stream()
                .filter(field ->
                        !field.getKey().equals("id") && !field.getValue().isNull())
                .forEach(field -> table.row(field.getKey(), field.getValue().asString()));
        return table;
    }
}
