package dev.outbox.relay.wakeup;

import dev.outbox.relay.RelayAutoConfiguration;
import dev.outbox.store.CommitHint;
import java.sql.DriverManager;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of what hears of commits in other processes. */
@AutoConfiguration(after = RelayAutoConfiguration.class)
@ConditionalOnClass(PGConnection.class)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.wakeup.enabled", matchIfMissing = true)
@ConditionalOnBean({CommitHint.class, JdbcConnectionDetails.class})
@EnableConfigurationProperties(WakeupProperties.class)
public final class WakeupAutoConfiguration {

    private static final Duration RECONNECT = Duration.ofSeconds(1);

    WakeupAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    CommitListener outboxCommitListener(ObjectProvider<CommitHint> hints, JdbcConnectionDetails details) {
        // Not of a pool: it listens for good.
        JdbcCommitNotifications notifications = new JdbcCommitNotifications(
                () -> DriverManager.getConnection(details.getJdbcUrl(), details.getUsername(), details.getPassword()));
        return new CommitListener(notifications, LocalHints.among(hints), RECONNECT);
    }
}
