package dev.outbox.chaos;

import dev.outbox.chaos.database.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Where a run takes place: a database and a topic of its own on the servers that all runs share.
 *
 * @param servers the servers
 * @param name name of the run, of its database and of its topic
 */
public record Landscape(Servers servers, String name) {

    /** {@return the server of the run's database} */
    public Database database() {
        return servers.database();
    }

    public void createDatabase() {
        database().createDatabase(name);
    }

    public void dropDatabase() {
        database().dropDatabase(name);
    }

    /**
     * {@return a data source of the run's database without a pool: every connection is a new session}
     *
     * @param application what the client is called by the server
     */
    public DataSource dataSource(String application) {
        return database().dataSource(name, application);
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
                "--spring.datasource.url=" + database().jdbcUrl(name, application),
                "--spring.datasource.username=" + database().user(),
                "--spring.datasource.password=" + database().password(),
                "--spring.kafka.bootstrap-servers=" + bootstrapServers()));
        arguments.addAll(List.of(others));
        return arguments.toArray(String[]::new);
    }

    /** {@return where the output of a process goes} */
    public Path log(String process) {
        return Path.of("target", "chaos", name, process + ".log");
    }
}
