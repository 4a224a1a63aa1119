package dev.outbox.benchmark;

import dev.outbox.benchmark.contender.Settings;
import dev.outbox.devservices.internal.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** The databases that the contenders need and the broker, each in a process of its own, the same for all contenders. */
final class Servers implements AutoCloseable {

    static final int PARTITIONS = 4;

    private static final String WARM_UP = "warm-up";
    private static final int WARM_UP_EVENTS = 100_000;

    private final Map<Product, DatabaseHost> databases;
    private final KafkaBroker broker;

    /** What a contender keeps its table in. */
    enum Product {
        POSTGRESQL,
        MARIADB
    }

    private Servers(Map<Product, DatabaseHost> databases, KafkaBroker broker) {
        this.databases = databases;
        this.broker = broker;
    }

    static Servers start(Path directory, Set<Product> products) throws IOException, SQLException {
        Map<Product, DatabaseHost> databases = new EnumMap<>(Product.class);
        for (Product product : products) {
            databases.put(
                    product,
                    switch (product) {
                        case POSTGRESQL -> PostgresHost.start(directory.resolve("postgres"));
                        case MARIADB -> MariaDbHost.start(directory.resolve("mariadb"));
                    });
        }
        return new Servers(databases, KafkaBroker.start(directory.resolve("kafka"), 0));
    }

    /** {@return what the servers tell of themselves} */
    List<String> settings() throws SQLException {
        List<String> settings = new ArrayList<>();
        for (DatabaseHost database : databases.values()) {
            settings.add(database.settings());
        }
        return settings;
    }

    /** {@return the server on which a contender has its database} */
    DatabaseHost of(Entry entry) {
        return Objects.requireNonNull(databases.get(entry.product()));
    }

    /** {@return a new database with the accounts, and a new topic} */
    Settings newContender(Entry entry) throws SQLException, ExecutionException, InterruptedException {
        String name = entry.id();
        DatabaseHost host = of(entry);
        String url = host.create(name.replace('-', '_'));
        try (Admin kafka = kafka()) {
            createTopic(kafka, name);
        }
        return new Settings(name, url, host.user(), host.password(), broker.bootstrapServers(), name);
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

    long brokerPid() {
        return broker.pid();
    }

    @Override
    public void close() throws SQLException {
        broker.close();
        for (DatabaseHost database : databases.values()) {
            database.close();
        }
    }
}
