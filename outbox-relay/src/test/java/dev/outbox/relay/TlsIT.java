package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.devservices.internal.LocalPort;
import dev.outbox.devservices.internal.PostgresServer;
import dev.outbox.embedded.Patience;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A sidecar that is configured as docs/deployment.md shows, on a PostgreSQL and a broker that speak TLS. */
class TlsIT {

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    @TempDir
    private static Path folder;

    private static ServerCertificate servers;
    private static PostgresServer postgres;
    private static KafkaBroker broker;
    private static String secured;

    private final String topic = "tls-" + UUID.randomUUID();

    @BeforeAll
    static void startServers() throws Exception {
        servers = ServerCertificate.in(folder);
        postgres = PostgresServer.start(
                folder.resolve("postgres"),
                0,
                Map.of(
                        "ssl",
                        "on",
                        "ssl_cert_file",
                        servers.certificate().toString(),
                        "ssl_key_file",
                        servers.privateKey().toString(),
                        "wal_level",
                        "logical"));
        AtomicInteger port = new AtomicInteger();
        broker = KafkaBroker.start(properties -> {
            port.set(LocalPort.free());
            secure(properties, port.get());
        });
        secured = "localhost:" + port.get();
    }

    @AfterAll
    static void stopServers() {
        broker.close();
        postgres.close();
    }

    private static void secure(Properties properties, int port) {
        properties.merge("listeners", ",SECURED://localhost:" + port, (one, more) -> one + "" + more);
        properties.merge("listener.security.protocol.map", ",SECURED:SASL_SSL", (one, more) -> one + "" + more);
        properties.setProperty("listener.name.secured.ssl.keystore.type", "PKCS12");
        properties.setProperty(
                "listener.name.secured.ssl.keystore.location",
                servers.keyStore().toString());
        properties.setProperty("listener.name.secured.ssl.keystore.password", ServerCertificate.PASSWORD);
        properties.setProperty("listener.name.secured.sasl.enabled.mechanisms", "PLAIN");
        properties.setProperty("listener.name.secured.plain.sasl.jaas.config", LOGIN + " user_relay=\"kafka-secret\";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "tail"})
    void eachSessionWithTheDatabaseAndWithKafkaIsEncrypted(String engine) throws Exception {
        String name = "tls_" + engine;
        DataSource database = database(name);
        try (ConfigurableApplicationContext sidecar = start(name, servers, "--outbox.relay.engine=" + engine);
                TopicReader reader = new TopicReader(broker.bootstrapServers(), topic)) {
            OutboxTransaction.commit(database, List.of(event(topic, "a"), event(topic, "b")));
            reader.untilEvents(2);

            Map<String, Object> sessions = JdbcClient.create(database)
                    .sql("select count(*) as all, count(*) filter (where ssl) as encrypted from pg_stat_ssl"
                            + " join pg_stat_activity using (pid) where datname = current_database()"
                            + " and pid <> pg_backend_pid()")
                    .query()
                    .singleRow();
            assertThat((Long) sessions.get("all")).isPositive();
            assertThat(sessions.get("encrypted")).isEqualTo(sessions.get("all"));
            assertThat(sidecar.isRunning()).isTrue();
        }
    }

    @Test
    void aBrokerThatShowsAnotherCertificateGetsNothing(@TempDir Path other) throws Exception {
        DataSource database = database("tls_other");
        OutboxTransaction.commit(database, List.of(event(topic, "a")));
        try (ConfigurableApplicationContext sidecar = start(
                "tls_other",
                ServerCertificate.in(other),
                "--outbox.relay.check.timeout=2s",
                "--outbox.relay.stuck-after=1s")) {
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> String.valueOf(health(sidecar).getDetails().get("reason"))
                            .contains(secured));
        }
        try (Admin admin =
                Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get())
                    .as("the first event would have made it")
                    .doesNotContain(topic);
        }
    }

    private static Health health(ConfigurableApplicationContext sidecar) {
        return Objects.requireNonNull(sidecar.getBean("outboxRelayHealthIndicator", HealthIndicator.class)
                .health());
    }

    private static DataSource database(String name) throws Exception {
        postgres.createDatabase(name);
        DataSource database = new DriverManagerDataSource(url(name), postgres.user(), postgres.password());
        new OutboxSchema(database).afterPropertiesSet();
        return database;
    }

    private static String url(String name) {
        String plain = postgres.jdbcUrl(name);
        return "%s%ssslmode=verify-full&sslrootcert=%s"
                .formatted(plain, plain.contains("?") ? "&" : "?", servers.certificate());
    }

    /**
     * @param trusted what the relay takes for the certificate of Kafka
     */
    private static ConfigurableApplicationContext start(String name, ServerCertificate trusted, String... more) {
        return new SpringApplicationBuilder(RelayApplication.class)
                .properties("spring.config.name=outbox-relay", "outbox.relay.lease.ttl=5m")
                .web(WebApplicationType.NONE)
                .run(Stream.concat(
                                Stream.of(
                                        "--spring.datasource.url=" + url(name),
                                        "--spring.datasource.username=" + postgres.user(),
                                        "--spring.datasource.password=" + postgres.password(),
                                        "--spring.kafka.bootstrap-servers=" + secured,
                                        "--spring.ssl.bundle.pem.kafka.truststore.certificate=" + trusted.certificate(),
                                        "--spring.kafka.ssl.bundle=kafka",
                                        "--spring.kafka.security.protocol=SASL_SSL",
                                        "--spring.kafka.properties.sasl.mechanism=PLAIN",
                                        "--spring.kafka.properties.sasl.jaas.config=" + LOGIN
                                                + " username=\"relay\" password=\"kafka-secret\";",
                                        "--logging.level.root=warn"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }
}
