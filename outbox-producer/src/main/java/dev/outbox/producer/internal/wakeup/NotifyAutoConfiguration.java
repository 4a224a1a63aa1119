package dev.outbox.producer.internal.wakeup;

import dev.outbox.internal.datasource.ConditionalOnOutboxDataSource;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.wakeup.CommitHint;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Auto-configuration for waking the relay in another process. */
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
        @Nullable
        RelayNotifier outboxRelayNotifier(NotifyProperties properties, OutboxDatabase database) {
            return notifier(properties, database);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "outbox.notify.mode", havingValue = "always")
    static class Always {

        @Bean
        @Nullable
        RelayNotifier outboxRelayNotifier(NotifyProperties properties, OutboxDatabase database) {
            return notifier(properties, database);
        }
    }

    /** Nothing where the database cannot notify: relays of other processes poll. */
    private static @Nullable RelayNotifier notifier(NotifyProperties properties, OutboxDatabase database) {
        if (database.product() != DatabaseProduct.POSTGRESQL) {
            return null;
        }
        // The connection is kept permanently, which a pool does not expect. It is pooled only if no other way is known.
        long pause = properties.interval().toNanos();
        return new RelayNotifier(
                new JdbcRelayNotification(JdbcUnpooledConnections.of(database.dataSource())),
                () -> TimeUnit.NANOSECONDS.sleep(pause));
    }
}
