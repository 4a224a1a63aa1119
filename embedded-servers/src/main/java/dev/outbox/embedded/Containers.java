package dev.outbox.embedded;

import dev.outbox.devservices.internal.DatabaseServer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The container images, set up like the embedded servers; the only images that the tests use. */
final class Containers {

    private Containers() {}

    static PostgreSQLContainer postgres() {
        return new PostgreSQLContainer("postgres:18")
                .withCommand(
                        "postgres",
                        "-c",
                        "fsync=off",
                        "-c",
                        "wal_level=logical",
                        "-c",
                        "max_connections=500",
                        "-c",
                        "max_prepared_transactions=10");
    }

    static DatabaseServer startedPostgres() {
        PostgreSQLContainer postgres = postgres();
        postgres.start();
        return new DatabaseServer(
                postgres.getHost(),
                postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                postgres.getUsername(),
                postgres.getPassword());
    }

    /** Its root user may log in from anywhere, and makes the user of the tests. */
    static MariaDbServer startedMySql() {
        GenericContainer<?> mySql = new GenericContainer<>("mysql:8.4")
                .withEnv("MYSQL_ROOT_PASSWORD", MariaDbServer.PASSWORD)
                .withEnv("MYSQL_ROOT_HOST", "%")
                .withExposedPorts(3306)
                // The first server that the image starts sets it up, and listens on no port.
                .waitingFor(Wait.forLogMessage(".*ready for connections.*port: 3306.*", 1));
        mySql.start();
        MariaDbServer server = new MariaDbServer(mySql.getHost(), mySql.getMappedPort(3306));
        server.createUser("root", MariaDbServer.PASSWORD);
        return server;
    }

    static KafkaContainer kafka() {
        return new KafkaContainer("apache/kafka:4.2.1")
                .withEnv("KAFKA_NUM_PARTITIONS", "3")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
    }

    static KafkaContainer startedKafka() {
        KafkaContainer kafka = kafka();
        kafka.start();
        return kafka;
    }
}
