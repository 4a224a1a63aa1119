package dev.outbox.internal.start;

import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** The location of the tables that this application sees. */
record JdbcTablesFact(DataSource dataSource, List<OutboxTables> places) implements StartFact {

    private static final String WHERE = """
            select 'tables in ' || coalesce(
                    (select current_database() || '.' || nspname
                     from pg_class join pg_namespace on pg_namespace.oid = relnamespace
                     where pg_class.oid = to_regclass('outbox_event')),
                    'no schema of the search path')
                || ' of PostgreSQL ' || current_setting('server_version')
            """;

    @Override
    public String text() {
        try {
            return places.stream()
                    .map(tables -> tables.client(dataSource)
                            .sql(WHERE)
                            .query(String.class)
                            .single())
                    .collect(Collectors.joining(", "));
        } catch (DataAccessException e) {
            return "tables unknown: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage();
        }
    }
}
