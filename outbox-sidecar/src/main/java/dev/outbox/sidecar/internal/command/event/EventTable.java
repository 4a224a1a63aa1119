package dev.outbox.sidecar.internal.command.event;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Words;
import tools.jackson.databind.JsonNode;

/** Events, one a line. */
public final class EventTable {

    private EventTable() {}

    public static Table of(JsonNode events) {
        Table table = new Table("ID", "RAISED AT", "TYPE", "AGGREGATE", "KEY", "STAGE", "REASON");
        events.valueStream()
                .forEach(event -> table.row(
                        Answer.text(event, "id"),
                        Answer.text(event, "raisedAt"),
                        Answer.text(event, "type") + " v" + Answer.text(event, "version"),
                        Answer.text(event, "aggregateType"),
                        Answer.text(event, "aggregateId"),
                        Words.constant(Answer.text(event, "stage")),
                        Answer.text(event, "reason")));
        return table;
    }
}
