package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The relay's own connections have the settings of the service's. */
class SecondConnectionsIT {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema=orders",
                "connection-init-sql=set search_path to orders",
                "data-source-properties.currentSchema=orders"
            })
    void theRelayReadsTheTableOfTheServicesSchema(String setting) throws Exception {
        jdbc.sql("create schema orders").update();
        String topic = "second-" + UUID.randomUUID();
        try (ConfigurableApplicationContext context = run(
                        null, "--spring.datasource.hikari." + setting, "--spring.datasource.hikari.auto-commit=false");
                TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            OutboxTransaction.commit(context.getBean(DataSource.class), List.of(event(topic, "key")));

            reader.untilEvents(1);
            assertThat(jdbc.sql("select schemaname from pg_tables where tablename = 'outbox_event'")
                            .query(String.class)
                            .list())
                    .containsExactly("orders");
        }
    }

    @Test
    void whatTheRelayRestsOnIsItsOwn() {
        try (ConfigurableApplicationContext context = run(
                null,
                "--spring.datasource.hikari.auto-commit=false",
                "--spring.datasource.hikari.read-only=true",
                "--spring.datasource.hikari.transaction-isolation=TRANSACTION_SERIALIZABLE",
                "--spring.datasource.hikari.maximum-pool-size=50")) {
            HikariDataSource pool =
                    (HikariDataSource) context.getBean(RelayDatabase.class).dataSource();
            assertThat(pool.isAutoCommit()).isTrue();
            assertThat(pool.getMaximumPoolSize()).isEqualTo(4);
            assertThat(JdbcClient.create(pool)
                            .sql(
                                    "select current_setting('transaction_isolation') || ' ' || current_setting('enable_seqscan')"
                                            + " || ' ' || current_setting('transaction_read_only')")
                            .query(String.class)
                            .single())
                    .isEqualTo("read committed off off");
        }
    }

    @Test
    void aRelayThatWouldReadAnotherTableThanTheServiceWritesIsRefused() {
        jdbc.sql("create schema elsewhere").update();
        new OutboxSchema(at("elsewhere")).afterPropertiesSet();

        assertThatThrownBy(() -> run(
                        OutboxWriter.postgres(database.dataSource()),
                        "--outbox.relay.database.url=" + withSchema("elsewhere")))
                .isInstanceOf(OutboxSetupException.class)
                .hasMessageContaining("no table outbox_event")
                .hasMessageContaining("table elsewhere.outbox_event");
    }

    @Test
    void theRelayHasAUrlAndAUserOfItsOwnIfItIsTold() {
        jdbc.sql("create schema elsewhere").update();
        try (ConfigurableApplicationContext context =
                run(null, "--outbox.relay.database.url=" + withSchema("elsewhere"))) {
            assertThat(JdbcClient.create(context.getBean(RelayDatabase.class).dataSource())
                            .sql("select current_schema")
                            .query(String.class)
                            .single())
                    .isEqualTo("elsewhere");
        }
    }

    @Test
    void credentialsThatAreRotatedAreTheRelaysToo() {
        String user = "rotated_" + UUID.randomUUID().toString().replace('-', '_');
        jdbc.sql("create role " + user + " login superuser password 'rotated'").update();
        try (ConfigurableApplicationContext context = run(null)) {
            context.getBean(HikariDataSource.class)
                    .getHikariConfigMXBean()
                    .setCredentials(Credentials.of(user, "rotated"));
            RelayDatabase relay = context.getBean(RelayDatabase.class);
            assertThat(userOf(relay.unpooled(Duration.ofMinutes(1)).orElseThrow()))
                    .isEqualTo(user);

            HikariDataSource pool = (HikariDataSource) relay.dataSource();
            pool.getHikariPoolMXBean().softEvictConnections();
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .untilAsserted(() -> assertThat(userOf(pool)).isEqualTo(user));
        } finally {
            jdbc.sql("drop role " + user).update();
        }
    }

    private static String userOf(DataSource dataSource) {
        return JdbcClient.create(dataSource)
                .sql("select session_user")
                .query(String.class)
                .single();
    }

    @Test
    void theRightsThatAreMissingAreNamed() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        String user = "relay_" + UUID.randomUUID().toString().replace('-', '_');
        jdbc.sql("create role " + user + " login password 'relay'").update();
        try {
            jdbc.sql("grant select, insert, update, delete on outbox_lane, outbox_relay, outbox_parked to " + user)
                    .update();
            jdbc.sql("grant select on outbox_event to " + user).update();

            assertThatThrownBy(() -> run(
                            null,
                            "--outbox.schema.migrate=false",
                            "--outbox.relay.database.url=" + database.jdbcUrl(),
                            "--outbox.relay.database.username=" + user,
                            "--outbox.relay.database.password=relay"))
                    .isInstanceOfSatisfying(OutboxSetupException.class, refused -> {
                        assertThat(refused.fix())
                                .contains("grant select on sequence outbox_event_seq to " + user)
                                .contains("grant select, truncate on table outbox_event_0 to " + user);
                        Pattern.compile(": |; |\\.$")
                                .splitAsStream(refused.fix())
                                .filter(grant -> grant.startsWith("grant"))
                                .forEach(grant -> jdbc.sql(grant).update());
                    });
            run(
                            null,
                            "--outbox.schema.migrate=false",
                            "--outbox.relay.database.url=" + database.jdbcUrl(),
                            "--outbox.relay.database.username=" + user,
                            "--outbox.relay.database.password=relay")
                    .close();
        } finally {
            jdbc.sql("drop owned by " + user).update();
            jdbc.sql("drop role " + user).update();
        }
    }

    private DataSource at(String schema) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(withSchema(schema));
        dataSource.setUser(database.user());
        dataSource.setPassword(database.password());
        return dataSource;
    }

    private String withSchema(String schema) {
        String url = database.jdbcUrl();
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    /** @param writer where the service writes the events in this process, or null */
    private ConfigurableApplicationContext run(@Nullable OutboxWriter writer, String... arguments) {
        List<String> all = new ArrayList<>(TestRelay.connection(database, TestBroker.bootstrapServers()));
        all.addAll(Arrays.asList(arguments));
        SpringApplicationBuilder application = new SpringApplicationBuilder(RelayApplication.class)
                .properties("spring.config.name=outbox-relay")
                .web(WebApplicationType.NONE);
        if (writer != null) {
            application.initializers(
                    context -> ((GenericApplicationContext) context).registerBean(OutboxWriter.class, () -> writer));
        }
        return application.run(all.toArray(String[]::new));
    }
}
