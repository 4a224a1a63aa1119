package dev.outbox.importer.internal.run;

import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.importer.ImportBatch;
import dev.outbox.importer.ImportMapping;
import dev.outbox.importer.ImportPlan;
import dev.outbox.importer.ImportStoppedException;
import dev.outbox.importer.MappedEvent;
import dev.outbox.importer.OutboxImport;
import dev.outbox.importer.PeerEvent;
import dev.outbox.importer.internal.ledger.ImportLedger;
import dev.outbox.importer.internal.ledger.ImportedRow;
import dev.outbox.importer.internal.peer.PeerTable;
import dev.outbox.importer.internal.peer.Selection;
import dev.outbox.internal.capture.BroughtEvents;
import dev.outbox.internal.transaction.BoundedTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Imports a batch in one transaction:
 *
 * <ol>
 *   <li>The row of the source is locked. If another instance has it, there is nothing to do here, because two batches at once would not
 *       keep the order.
 *   <li>The oldest pending rows are locked and read. What the other outbox is completing at the moment is waited for.
 *   <li>Each row is mapped. At the first one that cannot be, the batch ends before it.
 *   <li>The rows are entered into the ledger. Those that are there already were imported before, whatever the other outbox says.
 *   <li>The events of the new rows are appended to the outbox in their order, by the statement of the producer.
 *   <li>All rows of the batch become complete for the other outbox.
 * </ol>
 *
 * A crash at any point takes back all of it. Thread-safe.
 */
public final class TransactionalImport implements OutboxImport {

    /** Between two statements, a batch is mapped. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Source source;
    private final PeerTable table;
    private final ImportMapping mapping;
    private final ImportLedger ledger;
    private final BroughtEvents writer;
    private final BoundedTransaction transaction;

    /**
     * What is imported, and how.
     *
     * @param name of the other outbox, under which the ledger knows its rows
     * @param selection which rows are imported
     * @param batchSize how many rows a transaction takes at most
     */
    public record Source(String name, Selection selection, int batchSize) {}

    public TransactionalImport(
            Source source,
            PeerTable table,
            ImportMapping mapping,
            ImportLedger ledger,
            BroughtEvents writer,
            BoundedTransaction transaction) {
        this.source = source;
        this.table = table;
        this.mapping = mapping;
        this.ledger = ledger;
        this.writer = writer;
        this.transaction = transaction;
    }

    @Override
    public ImportPlan plan() {
        return transaction.execute(SILENCE, () -> {
            PlanBuilder plan = new PlanBuilder(source.name(), source.selection());
            table.pending(source.selection()).forEach(plan::pending);
            table.read(source.selection(), row -> {
                try {
                    plan.mapped(row, envelope(row));
                } catch (RuntimeException obstacle) {
                    plan.stoppedBy(row, obstacle);
                }
            });
            return plan.build();
        });
    }

    @Override
    public ImportBatch runOnce() {
        Result result = transaction.execute(SILENCE, this::batch);
        if (result.stop() != null && result.batch().isEmpty()) {
            throw result.stop();
        }
        return result.batch();
    }

    private Result batch() {
        if (!ledger.lock(source.name())) {
            return new Result(new ImportBatch(0, 0, 0, true), null);
        }
        Mapped mapped = map(table.claim(source.selection(), source.batchSize()));
        if (mapped.rows().isEmpty()) {
            return new Result(new ImportBatch(0, 0, 0, false), mapped.stop());
        }
        Set<String> fresh = ledger.enter(source.name(), mapped.rows());
        List<EventEnvelope> events = mapped.rows().stream()
                .filter(row -> fresh.contains(row.id()))
                .flatMap(row -> Optional.ofNullable(mapped.events().get(row.id())).stream())
                .toList();
        if (!events.isEmpty()) {
            writer.append(events);
        }
        List<String> ids = mapped.rows().stream().map(ImportedRow::id).toList();
        table.complete(ids);
        int leftOut = fresh.size() - events.size();
        ledger.advance(source.name(), events.size(), leftOut, ids.get(ids.size() - 1));
        return new Result(new ImportBatch(events.size(), ids.size() - fresh.size(), leftOut, false), mapped.stop());
    }

    private Mapped map(List<PeerEvent> claimed) {
        List<ImportedRow> rows = new ArrayList<>(claimed.size());
        Map<String, EventEnvelope> events = new HashMap<>();
        for (PeerEvent row : claimed) {
            try {
                Optional<EventEnvelope> event = envelope(row);
                event.ifPresent(made -> events.put(row.id(), made));
                rows.add(new ImportedRow(row.id(), event.map(EventEnvelope::id).orElse(null)));
            } catch (RuntimeException obstacle) {
                return new Mapped(rows, events, new ImportStoppedException(source.name(), row, obstacle));
            }
        }
        return new Mapped(rows, events, null);
    }

    private Optional<EventEnvelope> envelope(PeerEvent row) {
        return mapping.map(row).map(event -> envelope(row, event));
    }

    private EventEnvelope envelope(PeerEvent row, MappedEvent event) {
        Map<String, String> headers = event.headers().entrySet().stream()
                .filter(header -> !EventHeaders.isReserved(header.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new EventEnvelope(
                EventIds.of(source.name(), row.id()),
                event.type(),
                event.aggregate(),
                event.topic(),
                writer.source(),
                row.time(),
                event.payload(),
                headers);
    }

    private record Mapped(
            List<ImportedRow> rows,
            Map<String, EventEnvelope> events,
            @Nullable ImportStoppedException stop) {}

    private record Result(ImportBatch batch, @Nullable ImportStoppedException stop) {}
}
