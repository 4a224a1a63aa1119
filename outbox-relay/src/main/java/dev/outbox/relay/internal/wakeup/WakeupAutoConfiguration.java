package dev.outbox.relay.internal.wakeup;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.wakeup.CommitHint;
import dev.outbox.relay.RelayAutoConfiguration;
import dev.outbox.relay.internal.database.RelayDatabase;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the listener for commits in other processes. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayAutoConfiguration.class)
@ConditionalOnClass(PGConnection.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.wakeup.enabled", matchIfMissing = true)
@ConditionalOnBean({CommitHint.class, RelayDatabase.class})
@EnableConfigurationProperties(WakeupProperties.class)
public final class WakeupAutoConfiguration {

    private static final Duration RECONNECT = Duration.ofSeconds(1);

    /** To a login and to LISTEN; silence while it listens does not count. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    WakeupAutoConfiguration() {}

    /** Nothing where the database cannot notify: the relay polls. It listens permanently, which a pooled connection is not meant for; it uses one only if no other way is known. */
    @Bean
    @Nullable
    CommitListener outboxCommitListener(ObjectProvider<CommitHint> hints, RelayDatabase database) {
        if (database.product() != DatabaseProduct.POSTGRESQL) {
            return null;
        }
        DataSource connections = database.unpooled(ANSWER_WITHIN).orElse(database.dataSource());
        return new CommitListener(
                new JdbcCommitNotifications(connections::getConnection), LocalHints.among(hints), RECONNECT);
    }
}
