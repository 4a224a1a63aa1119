package dev.outbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

@DisabledIfSystemProperty(named = "outbox.test.servers", matches = "containers")
class SpringTestServersIT {

    @Test
    void everyContextHasADatabaseOfItsOwnAndTheSameBroker() throws SQLException {
        JdbcConnectionDetails dropped;
        try (AnnotationConfigApplicationContext first = new AnnotationConfigApplicationContext(TestServers.class);
                AnnotationConfigApplicationContext second = new AnnotationConfigApplicationContext(TestServers.class)) {
            dropped = first.getBean(JdbcConnectionDetails.class);
            JdbcConnectionDetails other = second.getBean(JdbcConnectionDetails.class);
            assertThat(dropped.getJdbcUrl()).isNotEqualTo(other.getJdbcUrl());
            assertThat(databaseExists(dropped)).isTrue();
            assertThat(bootstrapServers(first)).isEqualTo(bootstrapServers(second));
        }
        assertThat(databaseExists(dropped)).isFalse();
    }

    @Test
    void theDatabaseAloneNeedsNoBroker() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(TestPostgres.class)) {
            assertThat(context.getBeansOfType(JdbcConnectionDetails.class)).hasSize(1);
            assertThat(context.getBeansOfType(KafkaConnectionDetails.class)).isEmpty();
        }
    }

    private static Object bootstrapServers(AnnotationConfigApplicationContext context) {
        return context.getBean(KafkaConnectionDetails.class).getBootstrapServers();
    }

    private static boolean databaseExists(JdbcConnectionDetails details) throws SQLException {
        try (TestDatabase beside = TestDatabase.create();
                Connection connection =
                        DriverManager.getConnection(beside.jdbcUrl(), details.getUsername(), details.getPassword());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select 1 from pg_database where datname = '"
                        + details.getJdbcUrl().replaceAll(".*/", "") + "'")) {
            return result.next();
        }
    }
}
