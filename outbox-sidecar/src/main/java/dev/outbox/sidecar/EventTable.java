package dev.outbox.sidecar;

import tools.jackson.databind.JsonNode;

/** Events, one a line. */
final class EventTable {

    private EventTable() {}

    static Table of(JsonNode events) {
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
