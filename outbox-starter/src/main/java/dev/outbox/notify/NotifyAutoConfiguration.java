package dev.outbox.notify;

import dev.outbox.datasource.ConditionalOnOutboxDataSource;
import dev.outbox.datasource.DatabaseConfiguration;
import dev.outbox.datasource.OutboxDatabase;
import dev.outbox.store.CommitHint;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Auto-configuration of what wakes the relay in another process. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = DataSourceAutoConfiguration.class, afterName = "dev.outbox.relay.RelayAutoConfiguration")
@ConditionalOnOutboxDataSource
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.capture.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NotifyProperties.class)
@Import(DatabaseConfiguration.class)
public final class NotifyAutoConfiguration {

    NotifyAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "outbox.notify.mode", havingValue = "auto", matchIfMissing = true)
    @ConditionalOnMissingBean(CommitHint.class)
    static class WithoutRelay {

        @Bean
        RelayNotifier outboxRelayNotifier(
                NotifyProperties properties,
                ObjectProvider<JdbcConnectionDetails> connectionDetails,
                OutboxDatabase database) {
            return notifier(properties, connectionDetails, database.dataSource());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "outbox.notify.mode", havingValue = "always")
    static class Always {

        @Bean
        RelayNotifier outboxRelayNotifier(
                NotifyProperties properties,
                ObjectProvider<JdbcConnectionDetails> connectionDetails,
                OutboxDatabase database) {
            return notifier(properties, connectionDetails, database.dataSource());
        }
    }

    private static RelayNotifier notifier(
            NotifyProperties properties,
            ObjectProvider<JdbcConnectionDetails> connectionDetails,
            DataSource dataSource) {
        long pause = properties.interval().toNanos();
        return new RelayNotifier(
                new JdbcRelayNotification(unpooled(connectionDetails.getIfUnique(), dataSource)),
                () -> TimeUnit.NANOSECONDS.sleep(pause));
    }

    /** The connection is kept for good, which is not what a pool lends it for; where it is not known how to connect, it is. */
    private static DataSource unpooled(@Nullable JdbcConnectionDetails details, DataSource pool) {
        return details == null
                ? pool
                : DataSourceBuilder.create()
                        .type(SimpleDriverDataSource.class)
                        .driverClassName(details.getDriverClassName())
                        .url(details.getJdbcUrl())
                        .username(details.getUsername())
                        .password(details.getPassword())
                        .build();
    }
}
