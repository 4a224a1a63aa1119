package dev.outbox.importer.internal.setup;

import dev.outbox.importer.ImportMapping;
import dev.outbox.importer.OutboxImport;
import dev.outbox.importer.internal.ledger.ImportLedger;
import dev.outbox.importer.internal.peer.Columns;
import dev.outbox.importer.internal.peer.PeerTable;
import dev.outbox.importer.internal.peer.Selection;
import dev.outbox.importer.internal.run.TransactionalImport;
import dev.outbox.importer.internal.setup.ImportProperties.ColumnSettings;
import dev.outbox.importer.internal.setup.ImportProperties.PeerKind;
import dev.outbox.internal.capture.BroughtEvents;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.CurrentTables;
import java.util.Objects;
import javax.sql.DataSource;

/** Makes the import that the settings describe. The table of the other outbox is where the search_path or its qualified name says. */
final class ImportAssembly {

    private ImportAssembly() {}

    static OutboxImport of(
            ImportProperties properties,
            ImportMapping mapping,
            BroughtEvents writer,
            OutboxDatabase database,
            CurrentTables current) {
        PeerKind source = Objects.requireNonNull(properties.source());
        ImportCheck.require(properties, source, database.product(), current.perTenant());
        DataSource dataSource = database.dataSource();
        PeerTable table = table(properties, source, dataSource);
        Selection selection = new Selection(
                properties.handlers(), properties.ignoredTypes(), properties.since(), properties.minAge());
        return new TransactionalImport(
                new TransactionalImport.Source(table.name(), selection, properties.batchSize()),
                table,
                mapping,
                ImportLedger.postgres(dataSource, current.tables()),
                writer,
                BoundedTransaction.postgres(dataSource));
    }

    private static PeerTable table(ImportProperties properties, PeerKind source, DataSource dataSource) {
        String name = Objects.requireNonNullElse(properties.table(), source.table());
        return switch (source) {
            case MODULITH -> PeerTable.modulith(dataSource, name, properties.archiveTable(), properties.completion());
            case NAMASTACK -> PeerTable.namastack(dataSource, name, properties.completion());
            case EVENTUATE -> PeerTable.eventuate(dataSource, name, properties.completion());
            case TABLE -> PeerTable.mapped(dataSource, name, columns(properties.columns()), properties.completion());
        };
    }

    private static Columns columns(ColumnSettings settings) {
        return new Columns(
                settings.id(),
                settings.type(),
                settings.key(),
                settings.payload(),
                settings.headers(),
                settings.time(),
                settings.order(),
                settings.pending(),
                settings.done());
    }
}
