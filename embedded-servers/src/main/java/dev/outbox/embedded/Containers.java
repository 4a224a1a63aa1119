package dev.outbox.embedded;

import dev.outbox.devservices.internal.DatabaseServer;
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
