package dev.outbox.producer.internal.write;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.internal.stream.StoredAggregates;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes the events of stored aggregates where they stay, and all others into the slots. A transaction with events of both takes
 * a statement for each table; all transactions take the tables in the same order, and so cannot wait for each other.
 */
final class StoringOutboxWriter implements OutboxWriter {

    private final StoredAggregates stored;
    private final Map<EventTable, OutboxWriter> writers;
    private final Map<EventTable, OutboxWriter> lastWriters;

    StoringOutboxWriter(StoredAggregates stored, Map<EventTable, OutboxWriter> writers) {
        this(stored, writers, writers);
    }

    private StoringOutboxWriter(
            StoredAggregates stored, Map<EventTable, OutboxWriter> writers, Map<EventTable, OutboxWriter> lastWriters) {
        this.stored = stored;
        this.writers = writers;
        this.lastWriters = lastWriters;
    }

    @Override
    public OutboxWriter committing() {
        Map<EventTable, OutboxWriter> committing = new EnumMap<>(EventTable.class);
        writers.forEach((table, writer) -> committing.put(table, writer.committing()));
        return new StoringOutboxWriter(stored, writers, committing);
    }

    @Override
    public void append(List<EventEnvelope> events) {
        Map<EventTable, List<EventEnvelope>> byTable = new EnumMap<>(EventTable.class);
        for (EventEnvelope event : events) {
            byTable.computeIfAbsent(tableOf(event), table -> new ArrayList<>()).add(event);
        }
        for (Iterator<EventTable> tables = byTable.keySet().iterator(); tables.hasNext(); ) {
            EventTable table = tables.next();
            writer(table, !tables.hasNext()).append(byTable.getOrDefault(table, List.of()));
        }
    }

    /** Stored aggregates do not count their events themselves. */
    @Override
    public void appendCounted(List<CountedEvent> events) {
        writer(EventTable.SLOTS, true).appendCounted(events);
    }

    private EventTable tableOf(EventEnvelope event) {
        return stored.tableOf(event.aggregate().type());
    }

    /** Only the last statement may commit. */
    private OutboxWriter writer(EventTable table, boolean isLast) {
        OutboxWriter writer = (isLast ? lastWriters : writers).get(table);
        if (writer == null) {
            throw new IllegalStateException("No writer for " + table);
        }
        return writer;
    }
}
