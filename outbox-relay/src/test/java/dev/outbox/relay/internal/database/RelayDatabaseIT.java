package dev.outbox.relay.internal.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.embedded.TestDatabase;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

class RelayDatabaseIT {

    private static TestDatabase database;

    private final RelayDatabase relayDatabase = RelayDatabase.ownPool(newPool(), 1, Duration.ofSeconds(1));

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @AfterEach
    void closePool() {
        relayDatabase.close();
    }

    @Test
    void aConnectionThatIsSilentIsGivenUp() {
        assertThatThrownBy(() -> beSilent(relayDatabase.dataSource()))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void aMigrationIsWaitedForAndItsConnectionComesBackAsItWas() {
        assertThatCode(() -> beSilent(relayDatabase.patientDataSource())).doesNotThrowAnyException();
        aConnectionThatIsSilentIsGivenUp();
    }

    @Test
    void aPartOfASecondIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DatabaseProperties(null, null, null, Duration.ofMillis(1500)))
                .withMessage("outbox.relay.database.socket-timeout is PT1.5S; it has to be whole seconds, or 0");
    }

    private static void beSilent(DataSource dataSource) {
        JdbcClient.create(dataSource).sql("select pg_sleep(3)").query().listOfRows();
    }

    private static HikariDataSource newPool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        return pool;
    }
}
