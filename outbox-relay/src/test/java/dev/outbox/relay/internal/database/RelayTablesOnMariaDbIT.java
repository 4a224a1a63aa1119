package dev.outbox.relay.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mariadb.jdbc.MariaDbDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the relay requires of its tables on MariaDB, and of its user. */
class RelayTablesOnMariaDbIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.on(DatabaseKind.MARIADB, OutboxSchema.class);

    private final String name = database.jdbcUrl().replaceFirst(".*/", "");
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    RelayTablesOnMariaDbIT() {
        jdbc.sql("create or replace user courier identified by 'courier'").update();
    }

    @AfterEach
    void drop() {
        jdbc.sql("drop user courier").update();
    }

    @Test
    void aUserWhoMayNotDeleteWhatIsPublishedIsRefusedWithTheRightsThatAreMissing() {
        grant("select on outbox_event");
        grant("select, insert, update, delete on outbox_lane");
        grant("select, insert, update, delete on outbox_relay");

        assertThatExceptionOfType(OutboxSetupException.class)
                .isThrownBy(() -> check(OutboxTables.ON_SEARCH_PATH))
                .withMessage("The relay's user lacks rights on the outbox tables")
                .satisfies(refused -> assertThat(refused.fix())
                        .contains(
                                "grant delete on `%s`.`outbox_event` to 'courier'@'%%'".formatted(name),
                                "grant select, insert, update, delete on `%s`.`outbox_parked` to 'courier'@'%%'"
                                        .formatted(name)));
    }

    @Test
    void whatTheRefusalNamesIsEnough() {
        grant("select, delete on outbox_event");
        grant("select, insert, update, delete on outbox_lane");
        grant("select, insert, update, delete on outbox_relay");
        grant("select, insert, update, delete on outbox_parked");

        assertThatNoException().isThrownBy(() -> check(OutboxTables.ON_SEARCH_PATH));
    }

    @Test
    void tablesThatAreMissingAreMissingForAUserWhoMayDoEverything() {
        grant("all privileges on *");
        jdbc.sql("drop table outbox_parked").update();

        assertThatExceptionOfType(MissingTablesException.class)
                .isThrownBy(() -> check(OutboxTables.ON_SEARCH_PATH))
                .withMessageContaining("outbox_parked");
    }

    @Test
    void aSchemaIsRefused() {
        grant("all privileges on *");

        assertThatExceptionOfType(OutboxSetupException.class)
                .isThrownBy(() -> check(OutboxTables.in("billing")))
                .withMessageContaining("cannot be in billing, because on MariaDB a schema is a database");
    }

    @Test
    void anEngineWithoutTransactionsIsRefused() {
        grant("all privileges on *");
        jdbc.sql("alter table outbox_lane engine = Aria").update();

        assertThatExceptionOfType(OutboxSetupException.class)
                .isThrownBy(() -> check(OutboxTables.ON_SEARCH_PATH))
                .withMessageContaining("outbox_lane (Aria)");
    }

    private void check(OutboxTables tables) throws SQLException {
        MariaDbDataSource courier = new MariaDbDataSource(database.jdbcUrl());
        courier.setUser("courier");
        courier.setPassword("courier");
        new JdbcRelayTablesCheck(courier, tables, false).afterSingletonsInstantiated();
    }

    private void grant(String rights) {
        jdbc.sql("grant " + rights + " to courier").update();
    }
}
