package dev.outbox.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.consumer.guard.Admission;
import dev.outbox.consumer.guard.GuardedEvent;
import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.internal.parking.ParkedBacklog;
import dev.outbox.consumer.internal.parking.ParkedBacklogs;
import dev.outbox.consumer.retention.InboxRetentionAutoConfiguration;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.producer.Outbox;
import dev.outbox.schema.OutboxSchema;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Services whose business tables are in a schema for each tenant. */
class TenantsIT {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @BeforeEach
    void createSchemas() {
        for (String tenant : List.of("north", "south", "west")) {
            jdbc.sql("create schema " + tenant).update();
            jdbc.sql("create table %s.note (id text primary key)".formatted(tenant))
                    .update();
        }
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void oneOutboxHasTheEventsOfAllTenantsHoweverTheTenantIsChosen() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        try (Service service = new Service("--outbox.schema.name=events")) {
            service.inTransaction("n1", () -> service.template().execute("set local search_path to north"));
            service.inTransaction("s1", () -> service.template().execute("set local search_path to south, public"));
            service.inTransaction(
                    "n2",
                    () -> service.template().execute((Connection connection) -> {
                        connection.setSchema("north");
                        return true;
                    }));
            assertThat(aggregates("events")).containsExactly("n1", "s1", "n2");
            assertThat(aggregates("public"))
                    .as("the outbox to which the search_path leads")
                    .isEmpty();
        }
    }

    @Test
    void eachTenantHasItsOutboxWhereTheSearchPathLeads() {
        try (Service service = new Service("--outbox.schema.names=north,south")) {
            for (int i = 1; i <= 24; i++) {
                String tenant = i % 2 == 0 ? "north" : "south";
                service.inTransaction("note", () -> service.template().execute("set local search_path to " + tenant));
            }
            assertThat(numbers("north"))
                    .as("beyond the driver's threshold for plans")
                    .hasSize(12)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .endsWith(12L);
            assertThat(numbers("south"))
                    .hasSize(12)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .endsWith(12L);
        }
    }

    @Test
    void anEventOfNoTenantIsRefused() {
        try (Service service = new Service("--outbox.schema.names=north,south")) {
            assertThatThrownBy(() -> service.inTransaction("nobodys", () -> {}))
                    .hasStackTraceContaining("relation \"outbox_key\" does not exist");
        }
    }

    @Test
    void aTenantThatComesLaterGetsItsTables() {
        try (Service service = new Service("--outbox.schema.names=north,south")) {
            service.bean(OutboxSchema.class).migrate("west");
            service.inTransaction("w1", () -> service.template().execute("set local search_path to west"));
            assertThat(aggregates("west")).containsExactly("w1");
        }
    }

    @Test
    void aResolverOfTheServiceNamesTheSchemaOfCaptureAndInbox() {
        try (Service service = new Service(ResolvedTenants.class, "--outbox.schema.names=north,south")) {
            GuardedEvent received = new GuardedEvent("topic", "/source", "id", "Type");
            for (String tenant : List.of("north", "south")) {
                service.tenant().is(tenant);
                service.inTransaction(
                        "note",
                        () -> assertThat(service.bean(InboxGuard.class).admit("consumer", List.of(received)))
                                .containsExactly(Admission.NEW));
            }
            service.tenant().is(null);
            assertThat(aggregates("north")).containsExactly("note");
            assertThat(aggregates("south")).containsExactly("note");
        }
    }

    @Test
    void hibernateChoosesTheSchemaOfTheEventsWithThatOfTheRows() {
        try (Service service = new Service(HibernateTenants.class, "--outbox.schema.names=north,south")) {
            for (String id : List.of("north-1", "south-1", "north-2", "south-2")) {
                service.tenant().is(id.substring(0, id.indexOf('-')));
                service.inTransaction(
                        id, () -> service.bean(EntityManager.class).persist(new Note(id)));
            }
            for (String tenant : List.of("north", "south")) {
                assertThat(aggregates(tenant))
                        .hasSize(2)
                        .containsExactlyInAnyOrderElementsOf(jdbc.sql("select id from %s.note".formatted(tenant))
                                .query(String.class)
                                .list());
            }
        }
    }

    @Test
    void whatIsParkedIsCountedInAllTenants() {
        try (Service service = new Service("--outbox.schema.names=north,south")) {
            ParkedBacklogs parked = service.bean(ParkedBacklogs.class);
            assertThat(parked.of("notes")).isEqualTo(ParkedBacklog.NONE);
            park("north", 1);
            park("south", 1);
            park("south", 2);
            assertThat(parked.of("notes").events()).isEqualTo(3);
            assertThat(parked.of("notes").age()).isPositive();
        }
    }

    @Test
    void goingOnWithoutAMissingEventIsRefusedAsNobodyKnowsForWhichTenant() {
        assertThatThrownBy(
                        () -> new Service("--outbox.schema.names=north,south", "--outbox.inbox.sequence.pass-after=1h"))
                .hasStackTraceContaining("outbox.inbox.sequence.pass-after cannot be used with outbox.schema.names");
    }

    private void park(String schema, int sequence) {
        jdbc.sql("""
                        insert into %s.inbox_parked (
                            consumer, topic, event_key, sequence, source, event_id, type, partition, record_offset,
                            headers, cause, attempts, parked_at)
                        values (
                            'notes', 'notes', 'a', :sequence, '/notes', 'event-' || :sequence, 'NoteAdded', 0, :sequence,
                            '{}', 'FAILED', 1, now() - interval '1 minute')
                        """.formatted(schema)).param("sequence", sequence).update();
    }

    private List<String> aggregates(String schema) {
        return jdbc.sql("select aggregateid from %s.outbox_event order by seq".formatted(schema))
                .query(String.class)
                .list();
    }

    private List<Long> numbers(String schema) {
        return jdbc.sql("select aggregate_seq from %s.outbox_event order by seq".formatted(schema))
                .query(Long.class)
                .list();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = InboxRetentionAutoConfiguration.class)
    @EntityScan
    static class NoteApplication {

        @Bean
        CurrentTenant currentTenant() {
            return new CurrentTenant();
        }
    }

    private final class Service implements AutoCloseable {

        private final ConfigurableApplicationContext context;

        Service(String... arguments) {
            this(NoteApplication.class, arguments);
        }

        Service(Class<?> tenants, String... arguments) {
            List<String> all = new ArrayList<>(List.of(
                    "--spring.application.name=notes",
                    "--spring.flyway.enabled=false",
                    "--spring.jpa.hibernate.ddl-auto=none",
                    "--spring.datasource.url=" + database.jdbcUrl(),
                    "--spring.datasource.username=" + database.user(),
                    "--spring.datasource.password=" + database.password(),
                    "--spring.datasource.hikari.maximum-pool-size=2",
                    "--outbox.packages=dev.outbox.tenant",
                    "--outbox.notify.mode=never"));
            all.addAll(Arrays.asList(arguments));
            context = new SpringApplicationBuilder(
                            Stream.of(NoteApplication.class, tenants).distinct().toArray(Class<?>[]::new))
                    .web(WebApplicationType.NONE)
                    .run(all.toArray(String[]::new));
        }

        void inTransaction(String aggregate, Runnable changes) {
            bean(TransactionTemplate.class).executeWithoutResult(status -> {
                changes.run();
                bean(Outbox.class).publish(new NoteAdded(aggregate));
            });
        }

        JdbcTemplate template() {
            return bean(JdbcTemplate.class);
        }

        CurrentTenant tenant() {
            return bean(CurrentTenant.class);
        }

        <T> T bean(Class<T> type) {
            return context.getBean(type);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
