package dev.outbox.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a run takes place: a database and a topic of its own on the servers that all runs share.
 *
 * @param servers the servers
 * @param name name of the run, of its database and of its topic
 */
public record Landscape(Servers servers, String name) {

    /** {@return the URL of the run's database for a program that goes by the given name in {@code pg_stat_activity}} */
    public String jdbcUrl(String application) {
        return servers.postgres().jdbcUrl(name, application);
    }

    public String user() {
        return servers.postgres().primary().user();
    }

    public String password() {
        return servers.postgres().primary().password();
    }

    /** {@return a data source without a pool: every connection is a new session} */
    public DataSource dataSource(String application) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl(application));
        dataSource.setUser(user());
        dataSource.setPassword(password());
        return dataSource;
    }

    public String topic() {
        return name;
    }

    /** {@return the name of the replication slot, if there is one} */
    public String replicationSlot() {
        return name.replace('-', '_');
    }

    public String bootstrapServers() {
        return servers.broker().bootstrapServers();
    }

    /** {@return arguments by which a Spring Boot application connects to both servers, and others} */
    public String[] arguments(String application, String... others) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=" + application,
                "--spring.datasource.url=" + jdbcUrl(application),
                "--spring.datasource.username=" + user(),
                "--spring.datasource.password=" + password(),
                "--spring.kafka.bootstrap-servers=" + bootstrapServers()));
        arguments.addAll(List.of(others));
        return arguments.toArray(String[]::new);
    }

    /** {@return where the output of a process goes} */
    public Path log(String process) {
        return Path.of("target", "chaos", name, process + ".log");
    }
}
