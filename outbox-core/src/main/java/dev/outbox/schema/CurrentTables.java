package dev.outbox.schema;

import java.util.List;

/**
 * The tables that capture and inbox use. If the service has an {@link OutboxSchemaResolver}, these are the
 * tables of the schema that it names for the current transaction.
 *
 * @param tables to be used to qualify each statement, in the transaction
 * @param all the tables that are known without a transaction: those of each schema in {@code outbox.schema.names} and of
 *     {@code outbox.schema.name}, or those on the search_path if neither is set
 * @param perTenant whether only the thread of a transaction knows which of these tables it uses
 * @since 0.1.0
 */
public record CurrentTables(OutboxTables tables, List<OutboxTables> all, boolean perTenant) {}
