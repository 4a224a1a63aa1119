package dev.outbox.adoption;

import static dev.outbox.adoption.StartingBank.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxSchemaResolver;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A service on a MariaDB that does not serve does not start, and says in its first line why. */
class RefusedStartOnMariaDbIT {

    private final TestDatabase database = TestDatabase.create(DatabaseKind.MARIADB);
    private final String name = database.jdbcUrl().replaceFirst(".*/", "");
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    private final ApplicationContextRunner service = StartingBank.SERVICE;
    private final ApplicationContextRunner byHand = StartingBank.BY_HAND;

    RefusedStartOnMariaDbIT() {
        jdbc.sql("create or replace user clerk identified by 'clerk'").update();
    }

    @AfterEach
    void drop() {
        jdbc.sql("drop user clerk").update();
        database.close();
    }

    @Test
    void whoseEventsHaveNoTables() {
        byHand.withBean(DataSource.class, database::dataSource)
                .run(refused(
                        "because they are missing: outbox_event, outbox_key",
                        "outbox.schema.migrate=true",
                        "docs/schema/mariadb.sql"));
    }

    @Test
    void whoseUserMayNotWrite() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        grant("select on outbox_key");

        byHand.withBean(DataSource.class, this::clerk)
                .run(refused(
                        "The tables of the outbox cannot be used: permission denied",
                        "grant insert on `%s`.`outbox_event` to 'clerk'@'%%'".formatted(name),
                        "grant insert, update on `%s`.`outbox_key` to 'clerk'@'%%'.".formatted(name)));
    }

    @Test
    void whoseUserMayOnlyReadWhatItsHandlersHaveApplied() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        for (String table :
                List.of("inbox_event", "inbox_parked", "inbox_sequence", "inbox_sequence_run", "outbox_shedlock")) {
            grant("select on " + table);
        }

        byHand.withBean(DataSource.class, this::clerk)
                .withBean(StartingBank.Handler.class)
                .withPropertyValues("outbox.capture.enabled=false", "spring.kafka.listener.auto-startup=false")
                .run(refused(
                        "permission denied",
                        "grant insert, update, delete on `%s`.`inbox_event` to 'clerk'@'%%'".formatted(name)));
    }

    @Test
    void unlessItsUserHasTheRightsThatTheRefusalNames() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        grant("insert on outbox_event");
        grant("select, insert, update on outbox_key");

        byHand.withBean(DataSource.class, this::clerk).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(TransactionTemplate.class)
                    .executeWithoutResult(status -> context.publishEvent(new BalanceChanged("a", 1)));
            assertThat(jdbc.sql("select count(*) from outbox_event")
                            .query(Integer.class)
                            .single())
                    .isOne();
        });
    }

    @Test
    void unlessItsUserHasThemByARole() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        jdbc.sql("create or replace role writers").update();
        jdbc.sql("grant insert on outbox_event to writers").update();
        jdbc.sql("grant select, insert, update on outbox_key to writers").update();
        jdbc.sql("grant writers to clerk").update();
        jdbc.sql("set default role writers for clerk").update();
        try {
            byHand.withBean(DataSource.class, this::clerk)
                    .run(context -> assertThat(context).hasNotFailed());
        } finally {
            jdbc.sql("drop role writers").update();
        }
    }

    @Test
    void whoseUserMayNotMakeTheTables() {
        grant("select on *");
        service.withBean(DataSource.class, this::clerk)
                .run(refused(
                        "The tables of the outbox cannot be created",
                        "all privileges on its database",
                        "outbox.schema.migrate=false",
                        "docs/schema/mariadb.sql",
                        "insert on outbox_event"));
    }

    @Test
    void whoseTablesTakeNoPartInATransaction() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        jdbc.sql("alter table outbox_event engine = MyISAM").update();

        byHand.withBean(DataSource.class, database::dataSource)
                .run(refused(
                        "whose engine knows no transactions: outbox_event (MyISAM)",
                        "alter table <name> engine = InnoDB"));
    }

    @Test
    void thatIsToldOfASchema() {
        service.withBean(DataSource.class, database::dataSource)
                .withPropertyValues("outbox.schema.name=billing")
                .run(refused("cannot be in billing, because on MariaDB a schema is a database", "outbox.schema.name"));
        byHand.withBean(DataSource.class, database::dataSource)
                .withPropertyValues("outbox.schema.names=north,south")
                .run(refused("cannot be in north, south", "outbox.schema.names"));
        byHand.withBean(DataSource.class, database::dataSource)
                .withBean(OutboxSchemaResolver.class, () -> () -> "north")
                .run(refused("the schemas of an OutboxSchemaResolver", "spring.datasource.url"));

        assertThat(jdbc.sql("show databases like 'billing'").query(String.class).list())
                .isEmpty();
    }

    private void grant(String rights) {
        jdbc.sql("grant " + rights + " to clerk").update();
    }

    private DataSource clerk() {
        try {
            MariaDbDataSource clerk = new MariaDbDataSource(database.jdbcUrl());
            clerk.setUser("clerk");
            clerk.setPassword("clerk");
            return clerk;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
