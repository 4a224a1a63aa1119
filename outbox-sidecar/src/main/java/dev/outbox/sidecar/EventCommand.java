package dev.outbox.sidecar;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "event", description = "Says how far one event has come.")
final class EventCommand implements Runnable {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "Id of the event.")
    @Nullable
    UUID id;

    @Option(
            names = "--payload",
            description =
                    "Print its payload instead, as it was raised; needs the role payload. What outbox.console.mask names is hidden.")
    boolean payload;

    EventCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        String path = "/events/" + id;
        if (payload) {
            new ShownPayload(session).show(path + "/payload");
            return;
        }
        Answer answer = session.api().get(path, Fields.none());
        session.show(answer, () -> {
            Table table = new Table("ID", answer.text("id"));
            answer.json().properties().stream()
                    .filter(field ->
                            !field.getKey().equals("id") && !field.getValue().isNull())
                    .forEach(field -> table.row(field.getKey(), field.getValue().asString()));
            session.terminal().print(table.toString());
        });
    }
}
