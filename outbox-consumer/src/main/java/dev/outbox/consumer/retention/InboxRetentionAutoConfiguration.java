package dev.outbox.consumer.retention;

import dev.outbox.consumer.internal.broker.ConsumedTopics;
import dev.outbox.internal.datasource.ConditionalOnOutboxDataSource;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.schema.CurrentTables;
import dev.outbox.schema.OutboxTables;
import dev.outbox.schema.TablesAutoConfiguration;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Auto-configuration of the retention of the inbox.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = {DataSourceAutoConfiguration.class, KafkaAutoConfiguration.class})
@ConditionalOnClass(KafkaAutoConfiguration.class)
@ConditionalOnOutboxDataSource
@ConditionalOnBean(ConsumerFactory.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.inbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.inbox.retention.enabled", matchIfMissing = true)
@EnableConfigurationProperties(InboxRetentionProperties.class)
@Import({DatabaseConfiguration.class, TablesAutoConfiguration.class})
public final class InboxRetentionAutoConfiguration {

    private static final String LOCKS = "outbox_shedlock";

    InboxRetentionAutoConfiguration() {}

    @Bean
    ConsumedTopics outboxConsumedTopics(InboxRetentionProperties properties) {
        ConsumedTopics topics = new ConsumedTopics();
        properties.consumers().forEach(topics::add);
        return topics;
    }

    @Bean
    RetentionWindow outboxInboxRetentionWindow(
            ConsumedTopics topics, ConsumerFactory<?, ?> consumers, InboxRetentionProperties properties) {
        return new RetentionWindow(
                topics,
                KafkaTopicRetention.ofConsumers(consumers.getConfigurationProperties(), properties.timeout()),
                properties.keep());
    }

    @Bean
    @ConditionalOnMissingBean
    InboxRetention outboxInboxRetention(
            OutboxDatabase database,
            CurrentTables current,
            RetentionWindow window,
            InboxRetentionProperties properties,
            ObjectProvider<Clock> clock) {
        List<ProcessedEvents> schemas = current.all().stream()
                .map(tables -> ProcessedEvents.on(database.product(), database.dataSource(), tables))
                .toList();
        return new InboxRetention(
                ProcessedEvents.of(schemas),
                window,
                locks(database.dataSource(), current.all().get(0)),
                properties,
                clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    InboxRetentionLoop outboxInboxRetentionLoop(
            InboxRetention retention, RetentionWindow window, InboxRetentionProperties properties) {
        return new InboxRetentionLoop(retention, window, properties);
    }

    private static LockProvider locks(DataSource dataSource, OutboxTables tables) {
        return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
                .withJdbcTemplate(new JdbcTemplate(dataSource))
                .withTableName(tables.qualify(LOCKS))
                .usingDbTime()
                .build());
    }
}
