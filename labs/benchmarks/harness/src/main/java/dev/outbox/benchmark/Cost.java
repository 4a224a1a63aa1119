package dev.outbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has been spent.
 *
 * @param clientCpu seconds, of the contender's processes
 * @param postgresCpu seconds, of the server with all its processes
 * @param brokerCpu seconds
 * @param statements in the contender's database
 * @param deadRows rows that UPDATE and DELETE statements have hit
 * @param walBytes written by the whole server
 */
record Cost(double clientCpu, double postgresCpu, double brokerCpu, long statements, long deadRows, long walBytes) {

    private static final String STATEMENTS = """
            select coalesce(sum(%s), 0)
            from pg_stat_statements join pg_database on oid = dbid
            where datname = '%s' and %s
            """;

    private static final String WRITES = "query ~* '^\\s*(update|delete)\\M'";

    static Cost now(Servers servers, String database, double clientCpu) throws IOException, SQLException {
        Database admin = servers.admin();
        return new Cost(
                clientCpu,
                ProcessCpu.ofFamily(servers.postgresPid()),
                ProcessCpu.of(servers.brokerPid()),
                admin.number(STATEMENTS.formatted("calls", database, "true")),
                admin.number(STATEMENTS.formatted("rows", database, WRITES)),
                admin.number("select (pg_current_wal_insert_lsn() - '0/0')::bigint"));
    }

    Cost since(Cost before) {
        return new Cost(
                clientCpu - before.clientCpu,
                postgresCpu - before.postgresCpu,
                brokerCpu - before.brokerCpu,
                statements - before.statements,
                deadRows - before.deadRows,
                walBytes - before.walBytes);
    }

    /** {@return figures by the name of their metric} */
    Map<String, Double> per(long events) {
        double micros = 1e6 / events;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("cpu_client_us_per_event", clientCpu * micros);
        figures.put("cpu_postgres_us_per_event", postgresCpu * micros);
        figures.put("cpu_client_and_postgres_us_per_event", (clientCpu + postgresCpu) * micros);
        figures.put("cpu_broker_us_per_event", brokerCpu * micros);
        figures.put("statements_per_event", (double) statements / events);
        figures.put("dead_tuples_per_event", (double) deadRows / events);
        figures.put("wal_bytes_per_event", (double) walBytes / events);
        return figures;
    }
}
