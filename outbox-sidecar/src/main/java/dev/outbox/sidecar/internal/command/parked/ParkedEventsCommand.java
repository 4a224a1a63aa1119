package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.command.event.EventTable;
import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "events", description = "Lists the parked events of a key, in the order of their release.")
final class ParkedEventsCommand implements Runnable {

    private final Session session;

    @Option(
            names = "--aggregate-type",
            paramLabel = "TYPE",
            required = true,
            description = "Kind of the aggregate, such as Order.")
    @Nullable
    String aggregateType;

    @Option(names = "--key", paramLabel = "KEY", required = true, description = "The key.")
    @Nullable
    String key;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most, 1 to 500. Default: ${DEFAULT-VALUE}.")
    int limit;

    ParkedEventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api()
                .get(
                        "/parked/events",
                        Fields.none()
                                .with("aggregateType", aggregateType)
                                .with("aggregateId", key)
                                .with("limit", limit));
        Table table = EventTable.of(answer.json());
        session.show(
                answer,
                () -> session.terminal().print(table.isEmpty() ? "Nothing of it is parked." : table.toString()));
    }
}
