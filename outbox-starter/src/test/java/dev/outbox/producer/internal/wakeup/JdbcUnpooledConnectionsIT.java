package dev.outbox.producer.internal.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.outbox.embedded.TestDatabase;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class JdbcUnpooledConnectionsIT {

    private final TestDatabase database = TestDatabase.create();
    private final HikariDataSource pool = new HikariDataSource();

    @AfterEach
    void close() {
        pool.close();
        database.close();
    }

    @Test
    void haveTheDriverPropertiesOfThePoolAndLeaveItsConnectionsAlone() {
        connectByUrl();
        pool.addDataSourceProperty("ApplicationName", "the service");
        DataSource unpooled = JdbcUnpooledConnections.of(new DelegatingDataSource(pool));

        assertThat(ask(unpooled, "select current_setting('application_name')")).isEqualTo("the service");
        assertThat(pool.isRunning()).isFalse();
    }

    @Test
    void areMadeByTheDataSourceOfThePoolIfItHasOne() {
        PGSimpleDataSource physical = new PGSimpleDataSource();
        physical.setUrl(database.jdbcUrl());
        pool.setDataSource(physical);
        pool.setUsername(database.user());
        pool.setPassword(database.password());

        assertThat(ask(JdbcUnpooledConnections.of(pool), "select session_user")).isEqualTo(database.user());
        assertThat(pool.isRunning()).isFalse();
    }

    @Test
    void haveTheCredentialsThatAreValidNow() {
        connectByUrl();
        DataSource unpooled = JdbcUnpooledConnections.of(pool);
        assertThat(ask(unpooled, "select session_user")).isEqualTo(database.user());

        String user = "rotated_" + UUID.randomUUID().toString().replace('-', '_');
        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("create role " + user + " login password 'rotated'").update();
        try {
            pool.setCredentials(Credentials.of(user, "rotated"));
            assertThat(ask(unpooled, "select session_user")).isEqualTo(user);
        } finally {
            jdbc.sql("drop role " + user).update();
        }
    }

    @Test
    void areThoseOfAnythingElseItself() {
        DataSource other = database.dataSource();

        assertThat(JdbcUnpooledConnections.of(other)).isSameAs(other);
    }

    private void connectByUrl() {
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
    }

    private static String ask(DataSource dataSource, String sql) {
        return JdbcClient.create(dataSource).sql(sql).query(String.class).single();
    }
}
