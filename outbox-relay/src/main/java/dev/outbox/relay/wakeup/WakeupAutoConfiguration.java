package dev.outbox.relay.wakeup;

import dev.outbox.relay.RelayAutoConfiguration;
import dev.outbox.store.CommitHint;
import dev.outbox.store.RemoteCommitHint;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of what hears of commits in other processes. */
@AutoConfiguration(after = RelayAutoConfiguration.class)
@ConditionalOnClass(PGSimpleDataSource.class)
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
        // It listens for good, which is not what a pool lends a connection for.
        DataSource unpooled = DataSourceBuilder.create()
                .type(PGSimpleDataSource.class)
                .url(details.getJdbcUrl())
                .username(details.getUsername())
                .password(details.getPassword())
                .build();
        CommitHint local = () -> hints.stream()
                .filter(hint -> !(hint instanceof RemoteCommitHint))
                .forEach(CommitHint::committed);
        return new CommitListener(new JdbcCommitNotifications(unpooled), local, RECONNECT);
    }
}
