package dev.outbox.schema;

import dev.outbox.store.OutboxTables;
import java.util.List;

/**
 * The tables that capture and inbox use: those of the schema that the service's {@link dev.outbox.store.OutboxSchemaResolver}
 * names for the current transaction, if it has one.
 *
 * @param tables to be asked for each statement, in the transaction
 * @param all those that are known without a transaction: of each schema in {@code outbox.schema.names}, and of
 *     {@code outbox.schema.name}; where there is neither, those on the search_path
 * @param perTenant whether only the thread of a transaction knows which of them it uses
 */
public record CurrentTables(OutboxTables tables, List<OutboxTables> all, boolean perTenant) {}
