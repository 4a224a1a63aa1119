package dev.outbox.check;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the user of the service must be allowed to do.
 *
 * @param table table or sequence
 * @param right as the database calls it
 */
record TableRight(String table, String right) {

    /** What capture does. */
    static final List<TableRight> CAPTURE = List.of(
            new TableRight("outbox_event", "insert"),
            new TableRight("outbox_event_seq", "usage"),
            new TableRight("outbox_key", "select"),
            new TableRight("outbox_key", "insert"),
            new TableRight("outbox_key", "update"));

    /** What consumers and their retention do. */
    static final List<TableRight> INBOX = Stream.of(
                    "inbox_event", "inbox_parked", "inbox_sequence", "inbox_sequence_run", "outbox_shedlock")
            .flatMap(table ->
                    Stream.of("select", "insert", "update", "delete").map(right -> new TableRight(table, right)))
            .toList();
}
