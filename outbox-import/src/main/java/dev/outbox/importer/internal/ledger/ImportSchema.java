package dev.outbox.importer.internal.ledger;

import dev.outbox.internal.migration.SchemaPart;
import dev.outbox.internal.setup.DatabaseProduct;
import java.util.Set;

/** The tables of the import. */
public final class ImportSchema {

    /** Applied after the tables of the outbox. */
    public static final SchemaPart PART = new SchemaPart(
            "classpath:dev/outbox/importer/db/", "outbox_import_history", Set.of(DatabaseProduct.POSTGRESQL));

    private ImportSchema() {}
}
