package dev.outbox.benchmark;

import dev.outbox.benchmark.DatabaseHost.Spent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has been spent.
 *
 * @param clientCpu seconds, of the contender's processes
 * @param database by the database server
 * @param brokerCpu seconds
 */
record Cost(double clientCpu, Spent database, double brokerCpu) {

    Cost since(Cost before) {
        Spent earlier = before.database;
        return new Cost(
                clientCpu - before.clientCpu,
                new Spent(
                        database.cpu() - earlier.cpu(),
                        database.statements() - earlier.statements(),
                        database.deadRows() - earlier.deadRows(),
                        database.logBytes() - earlier.logBytes()),
                brokerCpu - before.brokerCpu);
    }

    /** {@return figures by the name of their metric} */
    Map<String, Double> per(long events) {
        double micros = 1e6 / events;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("cpu_client_us_per_event", clientCpu * micros);
        figures.put("cpu_database_us_per_event", database.cpu() * micros);
        figures.put("cpu_client_and_database_us_per_event", (clientCpu + database.cpu()) * micros);
        figures.put("cpu_broker_us_per_event", brokerCpu * micros);
        figures.put("statements_per_event", (double) database.statements() / events);
        figures.put("dead_tuples_per_event", (double) database.deadRows() / events);
        figures.put("wal_bytes_per_event", (double) database.logBytes() / events);
        return figures;
    }
}
