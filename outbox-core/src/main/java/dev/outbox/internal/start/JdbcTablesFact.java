package dev.outbox.internal.start;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** The location of the tables that this application sees. */
record JdbcTablesFact(DatabaseProduct product, DataSource dataSource, List<OutboxTables> places) implements StartFact {

    private static final String WHERE = """
            select 'tables in ' || coalesce(
                    (select current_database() || '.' || nspname
                     from pg_class join pg_namespace on pg_namespace.oid = relnamespace
                     where pg_class.oid = to_regclass('outbox_event')),
                    'no schema of the search path')
                || ' of PostgreSQL ' || current_setting('server_version')
            """;

    private static final String WHERE_ELSE = """
            select concat('tables in ', schema(), ' of %s ', version())
            """;

    private static final String WHERE_ON_H2 = """
            select 'tables in ' || schema() || ' of H2 ' || h2version()
            """;

    @Override
    public String text() {
        try {
            return places.stream()
                    .map(tables -> tables.client(dataSource)
                            .sql(where())
                            .query(String.class)
                            .single())
                    .collect(Collectors.joining(", "));
        } catch (DataAccessException e) {
            return "tables unknown: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage();
        }
    }

    private String where() {
        return switch (product) {
            case POSTGRESQL -> WHERE;
            case MARIADB, MYSQL -> WHERE_ELSE.formatted(product.title());
            case H2 -> WHERE_ON_H2;
        };
    }
}
