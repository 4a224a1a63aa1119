package dev.outbox.embedded;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmbeddedPostgresConfiguration {

    @Bean(destroyMethod = "close")
    ContextDatabase testDatabaseConnectionDetails() {
        return new ContextDatabase(TestDatabase.create());
    }

    /** Lives as long as its context: what is connected to it depends on it, and so closes first. */
    record ContextDatabase(TestDatabase database) implements JdbcConnectionDetails, AutoCloseable {

        @Override
        public String getUsername() {
            return database.user();
        }

        @Override
        public String getPassword() {
            return database.password();
        }

        @Override
        public String getJdbcUrl() {
            return database.jdbcUrl();
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
