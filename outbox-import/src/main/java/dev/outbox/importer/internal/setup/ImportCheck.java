package dev.outbox.importer.internal.setup;

import dev.outbox.importer.internal.peer.Completion;
import dev.outbox.importer.internal.setup.ImportProperties.Mode;
import dev.outbox.importer.internal.setup.ImportProperties.PeerKind;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;

/** Refuses settings with which an import would lose or repeat events, or could not work. */
final class ImportCheck {

    private ImportCheck() {}

    /**
     * @throws OutboxSetupException naming what is wrong
     */
    static void require(ImportProperties properties, PeerKind source, DatabaseProduct product, boolean perTenant) {
        if (product != DatabaseProduct.POSTGRESQL) {
            throw new OutboxSetupException(
                    "outbox.import.source is set, but the import does not work on %s".formatted(product.title()),
                    "Import on PostgreSQL, or let the other outbox publish what it has and remove outbox-import.");
        }
        if (perTenant) {
            throw new OutboxSetupException(
                    "outbox.import.source is set, but each tenant has tables of its own, and nothing says which tenant an event is of",
                    "Run the import once for each tenant, in an application with outbox.schema.name.");
        }
        if (source == PeerKind.TABLE && properties.table() == null) {
            throw new OutboxSetupException(
                    "outbox.import.source is table, but nothing says which one", "Set outbox.import.table.");
        }
        if (properties.completion() == Completion.ARCHIVE && source != PeerKind.MODULITH) {
            throw new OutboxSetupException(
                    "outbox.import.completion is archive, which only Spring Modulith has", "Set it to mark or delete.");
        }
        if (properties.mode() == Mode.FOLLOW
                && source.hasHandlers()
                && properties.handlers().isEmpty()) {
            throw new OutboxSetupException(
                    "outbox.import.handlers is missing: %s has a row for each handler of an event, and nothing says which of them has sent it to the broker"
                            .formatted(source.table()),
                    "Run once with outbox.import.mode=dry-run, which lists them, and name those that send to the broker.");
        }
    }
}
