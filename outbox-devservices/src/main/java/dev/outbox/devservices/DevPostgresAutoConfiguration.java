package dev.outbox.devservices;

import dev.outbox.devservices.internal.DatabaseServer;
import dev.outbox.devservices.internal.SharedServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;

/**
 * A database of the PostgreSQL of this JVM, for an application that names none: it has no {@code spring.datasource.url}, no
 * {@link DataSource} bean, and nothing else has given it {@link JdbcConnectionDetails}, such as Testcontainers or Spring Boot's
 * support of Docker Compose.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnClass({JdbcConnectionDetails.class, EmbeddedPostgres.class})
@ConditionalOnBooleanProperty(name = "outbox.devservices.enabled", matchIfMissing = true)
@ConditionalOnMissingProperty({"spring.datasource.url", "spring.datasource.jndi-name"})
@EnableConfigurationProperties(DevServicesProperties.class)
public final class DevPostgresAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DevPostgresAutoConfiguration.class);
    private static final AtomicInteger CREATED = new AtomicInteger();

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean({JdbcConnectionDetails.class, DataSource.class})
    DevDatabase outboxDevDatabase(DevServicesProperties properties) {
        DevServicesProperties.Postgres settings = properties.postgres();
        DevDatabase database =
                DevDatabase.on(SharedServers.postgres(settings.port()).server(), settings.database());
        LOG.info(
                "PostgreSQL of outbox-devservices listens at {}, user {}, password {}",
                database.getJdbcUrl(),
                database.getUsername(),
                database.getPassword());
        return database;
    }

    /** What is connected to it depends on it, and so closes first. */
    record DevDatabase(DatabaseServer server, String name, boolean kept)
            implements JdbcConnectionDetails, AutoCloseable {

        static DevDatabase on(DatabaseServer server, @Nullable String name) {
            if (name == null) {
                DevDatabase ofThisContext = new DevDatabase(server, "dev_" + CREATED.incrementAndGet(), false);
                server.createDatabase(ofThisContext.name());
                return ofThisContext;
            }
            synchronized (CREATED) {
                server.createDatabaseIfMissing(name);
            }
            return new DevDatabase(server, name, true);
        }

        @Override
        public String getUsername() {
            return server.user();
        }

        @Override
        public String getPassword() {
            return server.password();
        }

        @Override
        public String getJdbcUrl() {
            return server.jdbcUrl(name);
        }

        @Override
        public void close() {
            if (!kept) {
                server.dropDatabase(name);
            }
        }
    }
}
