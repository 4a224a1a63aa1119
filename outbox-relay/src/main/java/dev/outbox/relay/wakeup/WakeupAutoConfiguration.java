package dev.outbox.relay.wakeup;

import dev.outbox.relay.RelayAutoConfiguration;
import dev.outbox.store.CommitHint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of what hears of commits in other processes. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayAutoConfiguration.class)
@ConditionalOnClass(PGConnection.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.wakeup.enabled", matchIfMissing = true)
@ConditionalOnBean({CommitHint.class, JdbcConnectionDetails.class})
@EnableConfigurationProperties(WakeupProperties.class)
public final class WakeupAutoConfiguration {

    private static final Duration RECONNECT = Duration.ofSeconds(1);

    /** To a login and to LISTEN; silence while it listens is none. */
    private static final int ANSWER_WITHIN_SECONDS = 10;

    WakeupAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    CommitListener outboxCommitListener(ObjectProvider<CommitHint> hints, JdbcConnectionDetails details) {
        return new CommitListener(
                new JdbcCommitNotifications(() -> connect(details)), LocalHints.among(hints), RECONNECT);
    }

    /** Not of a pool: it listens for good. */
    private static Connection connect(JdbcConnectionDetails details) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, details.getUsername());
        PGProperty.PASSWORD.set(properties, details.getPassword());
        PGProperty.LOGIN_TIMEOUT.set(properties, ANSWER_WITHIN_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, ANSWER_WITHIN_SECONDS);
        return DriverManager.getConnection(details.getJdbcUrl(), properties);
    }
}
