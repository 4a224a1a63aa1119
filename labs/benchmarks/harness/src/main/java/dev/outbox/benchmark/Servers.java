package dev.outbox.benchmark;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Settings;
import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.devservices.internal.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** PostgreSQL and the broker, each in a process of its own, the same for all contenders. */
final class Servers implements AutoCloseable {

    static final int PARTITIONS = 4;

    private static final String WARM_UP = "warm-up";
    private static final int WARM_UP_EVENTS = 100_000;

    private static final Map<String, String> POSTGRES = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "shared_buffers", "512MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "15min",
            "shared_preload_libraries", "pg_stat_statements");

    private static final List<String> SHOWN = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "wal_level",
            "shared_buffers",
            "max_wal_size",
            "autovacuum");

    private final PostgresServer postgres;
    private final KafkaBroker broker;
    private final Database admin;
    private final long postgresPid;

    private Servers(Path directory, PostgresServer postgres, KafkaBroker broker) throws IOException, SQLException {
        this.postgres = postgres;
        this.broker = broker;
        this.admin = new Database(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
        this.postgresPid = Long.parseLong(Files.readAllLines(directory.resolve("postgres/data/postmaster.pid"))
                .get(0)
                .trim());
        admin.execute("create extension pg_stat_statements");
        if (!admin.text("show fsync").equals("on")) {
            throw new IllegalStateException("PostgreSQL does not sync: its numbers would not be true");
        }
    }

    static Servers start(Path directory) throws IOException, SQLException {
        PostgresServer postgres = PostgresServer.start(directory.resolve("postgres"), 0, POSTGRES);
        return new Servers(directory, postgres, KafkaBroker.start(directory.resolve("kafka"), 0));
    }

    /** {@return the settings that PostgreSQL itself tells} */
    Map<String, String> settings() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : SHOWN) {
            settings.put(name, admin.text("show " + name));
        }
        return settings;
    }

    /** {@return a new database with the accounts, and a new topic} */
    Settings newContender(String name) throws SQLException, ExecutionException, InterruptedException {
        String database = name.replace('-', '_');
        postgres.createDatabase(database);
        try (Database accounts = database(database)) {
            accounts.execute("create table account (id varchar(255) primary key, changes bigint not null)"
                    + " with (fillfactor = 50)");
            accounts.execute("insert into account select 'account-' || i, 0 from generate_series(0, "
                    + (BenchmarkEvent.KEYS - 1) + ") as i");
        }
        try (Admin kafka = kafka()) {
            createTopic(kafka, name);
        }
        return new Settings(
                name,
                postgres.jdbcUrl(database),
                postgres.user(),
                postgres.password(),
                broker.bootstrapServers(),
                name);
    }

    /**
     * The broker takes events until its JVM has compiled what that needs. Who drains first would pay for it otherwise, and
     * for seconds.
     */
    void warmUpBroker(Duration time) throws ExecutionException, InterruptedException {
        try (Admin kafka = kafka()) {
            createTopic(kafka, WARM_UP);
            EventSender sender = new EventSender(WARM_UP, broker.bootstrapServers());
            long start = System.nanoTime();
            for (long first = 0; Timing.secondsSince(start) < time.toSeconds(); first += WARM_UP_EVENTS) {
                sender.send(first, WARM_UP_EVENTS);
            }
            kafka.deleteTopics(List.of(WARM_UP)).all().get();
        }
    }

    private Admin kafka() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }

    private static void createTopic(Admin kafka, String name) throws ExecutionException, InterruptedException {
        kafka.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    Database database(String name) throws SQLException {
        return new Database(postgres.jdbcUrl(name), postgres.user(), postgres.password());
    }

    /** {@return a connection that belongs to no contender} */
    Database admin() {
        return admin;
    }

    long postgresPid() {
        return postgresPid;
    }

    long brokerPid() {
        return broker.pid();
    }

    @Override
    public void close() throws SQLException {
        admin.close();
        broker.close();
        postgres.close();
    }
}
