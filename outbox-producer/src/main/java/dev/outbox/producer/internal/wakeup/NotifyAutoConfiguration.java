package dev.outbox.producer.internal.wakeup;

import dev.outbox.internal.datasource.ConditionalOnOutboxDataSource;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.wakeup.CommitHint;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
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
        RelayNotifier outboxRelayNotifier(NotifyProperties properties, OutboxDatabase database) {
            return notifier(properties, database.dataSource());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "outbox.notify.mode", havingValue = "always")
    static class Always {

        @Bean
        RelayNotifier outboxRelayNotifier(NotifyProperties properties, OutboxDatabase database) {
            return notifier(properties, database.dataSource());
        }
    }

    private static RelayNotifier notifier(NotifyProperties properties, DataSource dataSource) {
        // The connection is kept permanently, which a pool does not expect. It is pooled only if no other way is known.
        long pause = properties.interval().toNanos();
        return new RelayNotifier(
                new JdbcRelayNotification(JdbcUnpooledConnections.of(dataSource)),
                () -> TimeUnit.NANOSECONDS.sleep(pause));
    }
}
