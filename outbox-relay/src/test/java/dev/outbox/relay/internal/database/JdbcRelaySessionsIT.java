package dev.outbox.relay.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@ExtendWith(OutputCaptureExtension.class)
class JdbcRelaySessionsIT {

    private static final String SETTINGS = """
            select count(*) from pg_settings where source = 'session' and name in
                ('plan_cache_mode', 'enable_seqscan', 'default_transaction_isolation')
            """;

    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void aSessionOfTheServerIsPrepared(CapturedOutput output) {
        assertThat(settings(new JdbcRelaySessions(database.dataSource()))).isEqualTo(3);
        assertThat(output).doesNotContain("pooler");
    }

    @Test
    void nothingIsSetInASessionThatAPoolerLends(CapturedOutput output) {
        JdbcRelaySessions sessions = new JdbcRelaySessions(new Pooler());

        assertThat(settings(sessions)).isZero();
        assertThat(settings(sessions)).isZero();
        assertThat(output)
                .containsOnlyOnce("The relay is connected through a pooler")
                .contains("outbox.relay.database.url");
    }

    private static int settings(JdbcRelaySessions sessions) {
        return JdbcClient.create(sessions).sql(SETTINGS).query(Integer.class).single();
    }

    /** What it tells its clients at their login is not what the server says. */
    private final class Pooler extends DelegatingDataSource {

        Pooler() {
            super(database.dataSource());
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("unwrap")) {
                            return method.invoke(connection, arguments);
                        }
                        return Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {PGConnection.class},
                                (pooled, asked, none) ->
                                        asked.getName().equals("getBackendPID") ? -1 : asked.invoke(connection, none));
                    });
        }
    }
}
