package dev.outbox.adoption;

import static dev.outbox.adoption.StartingBank.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A service on a database that does not serve does not start, and says in its first line why. */
class RefusedStartIT {

    private static final String GRANTS = """
            grant usage on schema public to clerk;
            grant insert on outbox_event to clerk;
            grant select, insert, update on outbox_key to clerk;
            grant usage on sequence outbox_event_seq to clerk;
            grant select, insert, update, delete
                on outbox_shedlock, inbox_event, inbox_parked, inbox_sequence, inbox_sequence_run to clerk;
            """;

    private final TestDatabase database = TestDatabase.create();

    private final ApplicationContextRunner service = StartingBank.SERVICE;
    private final ApplicationContextRunner byHand = StartingBank.BY_HAND;

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void whoseEventsHaveNoTables() {
        byHand.withBean(DataSource.class, database::dataSource)
                .run(refused(
                        "they are missing, or not on the search_path: outbox_event, outbox_event_seq, outbox_key",
                        "outbox.schema.migrate=true",
                        "docs/schema/postgresql.sql"));
    }

    @Test
    void whoseHandlersHaveNoTables() {
        byHand.withBean(DataSource.class, database::dataSource)
                .withBean(StartingBank.Handler.class)
                .withPropertyValues("outbox.capture.enabled=false", "spring.kafka.listener.auto-startup=false")
                .run(refused("they are missing, or not on the search_path: inbox_event", "outbox.schema.migrate=true"));
    }

    @Test
    void whoseUserMayNotWrite() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        asClerk(
                "grant insert on outbox_event to clerk; grant select on outbox_key to clerk",
                clerk -> byHand.withBean(DataSource.class, () -> clerk)
                        .run(
                                refused(
                                        "The tables of the outbox cannot be used: permission denied",
                                        "grant usage on sequence outbox_event_seq to clerk; grant insert, update on outbox_key to clerk.")));
    }

    @Test
    void whoseUserMayNotUseOneOfItsSchemas() {
        new OutboxSchema(database.dataSource(), List.of(OutboxTables.in("north"), OutboxTables.in("South")))
                .afterPropertiesSet();
        asClerk(
                "grant usage on schema north to clerk",
                clerk -> byHand.withBean(DataSource.class, () -> clerk)
                        .withPropertyValues("outbox.schema.names=north,South")
                        .run(refused(
                                "permission denied",
                                "grant insert on north.outbox_event to clerk",
                                "grant insert, select, update on north.outbox_key to clerk",
                                "grant usage on schema \"South\" to clerk")));
    }

    @Test
    void unlessItsUserHasTheRightsThatTheRefusalNames() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        asClerk(
                GRANTS,
                clerk -> byHand.withBean(DataSource.class, () -> clerk)
                        .withBean(StartingBank.Handler.class)
                        .withPropertyValues(
                                "spring.kafka.listener.auto-startup=false", "outbox.inbox.retention.enabled=false")
                        .run(context -> {
                            assertThat(context).hasNotFailed();
                            publish(context);
                            assertThat(events()).isOne();
                        }));
    }

    @Test
    void whoseUserMayNotMakeTheTables() {
        asClerk(
                "",
                clerk -> service.withBean(DataSource.class, () -> clerk)
                        .run(refused(
                                "The tables of the outbox cannot be created: ERROR: permission denied for schema public",
                                "outbox.schema.migrate=false",
                                "docs/schema/postgresql.sql",
                                "insert on outbox_event")));
    }

    @Test
    void thatHasTwoDataSourcesAndDoesNotSayWhich() {
        service.withBean("orders", DataSource.class, database::dataSource)
                .withBean("reporting", DataSource.class, database::dataSource)
                .run(refused(
                        "There are several DataSources, [orders, reporting], and nothing says which one",
                        "@OutboxDataSource",
                        "outbox.datasource.qualifier"));
    }

    @Test
    void thatHasNoTransactionManagerOnItsDataSource() {
        service.withBean(DataSource.class, database::dataSource)
                .withPropertyValues("spring.kafka.producer.transaction-id-prefix=tx-")
                .run(refused("No transaction manager works on the DataSource", "JdbcTransactionManager"));
    }

    @Test
    void thatHasNoName() {
        service.withBean(DataSource.class, database::dataSource)
                .withPropertyValues("spring.application.name=")
                .run(refused("has no CloudEvents source", "spring.application.name, or outbox.capture.source"));
    }

    @Test
    void onAnotherDatabase() {
        service.withBean(DataSource.class, RefusedStartIT::oracle)
                .run(refused("The outbox does not work on Oracle", "MariaDB 10.6", "set outbox.enabled=false"));
    }

    @Test
    void onAnotherDatabaseWhereTheTablesAreMadeByHand() {
        byHand.withBean(DataSource.class, RefusedStartIT::oracle)
                .run(refused("The outbox does not work on Oracle", "MariaDB 10.6", "set outbox.enabled=false"));
    }

    @Test
    void unlessTheOutboxIsSwitchedOffAndDropsWhatIsRaised() {
        service.withBean(DataSource.class, RefusedStartIT::oracle)
                .withBean(StartingBank.Handler.class)
                .withPropertyValues("outbox.enabled=false")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    publish(context);
                });
    }

    private static void publish(AssertableApplicationContext context) {
        context.getBean(TransactionTemplate.class)
                .executeWithoutResult(status -> context.publishEvent(new BalanceChanged("a", 1)));
    }

    /** Roles belong to the server, so this one goes with the test. */
    private void asClerk(String grants, Consumer<DataSource> test) {
        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("create role clerk login password 'clerk'; " + grants).update();
        try {
            PGSimpleDataSource clerk = new PGSimpleDataSource();
            clerk.setUrl(database.jdbcUrl());
            clerk.setUser("clerk");
            clerk.setPassword("clerk");
            test.accept(clerk);
        } finally {
            jdbc.sql("drop owned by clerk; drop role clerk").update();
        }
    }

    private int events() {
        return JdbcClient.create(database.dataSource())
                .sql("select count(*) from outbox_event")
                .query(Integer.class)
                .single();
    }

    /** H2 under another name: what a database is called is all that counts here. */
    private static DataSource oracle() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:adoption");
        return new DelegatingDataSource(h2) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                DatabaseMetaData metaData =
                        answering(DatabaseMetaData.class, connection.getMetaData(), "getDatabaseProductName", "Oracle");
                return answering(Connection.class, connection, "getMetaData", metaData);
            }
        };
    }

    private static <T> T answering(Class<T> type, T target, String asked, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getName().equals(asked) ? answer : method.invoke(target, arguments)));
    }
}
