package dev.outbox.consumer.idempotent;

import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.internal.broker.ConsumedTopics;
import dev.outbox.consumer.internal.handler.EffectTransaction;
import dev.outbox.consumer.internal.health.ConsumerContainers;
import dev.outbox.consumer.internal.inbox.InboxAutoConfiguration;
import dev.outbox.consumer.internal.inbox.InboxProperties;
import dev.outbox.consumer.internal.metrics.InboxMeters;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.schema.CurrentTables;
import dev.outbox.schema.TablesAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Auto-configuration of the guard for plain listeners. It also applies where the inbox is switched off: an idempotent listener
 * then does not start, rather than being called without a guard.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = InboxAutoConfiguration.class)
@ConditionalOnClass(KafkaAutoConfiguration.class)
@Import({DatabaseConfiguration.class, TablesAutoConfiguration.class})
public final class IdempotentAutoConfiguration {

    IdempotentAutoConfiguration() {}

    /** Lazy, because only a service that has such a listener, or asks for this bean, needs a transaction manager. */
    @Bean
    @Lazy
    @ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
    @ConditionalOnBooleanProperty(name = "outbox.inbox.enabled", matchIfMissing = true)
    @ConditionalOnBean(InboxGuard.class)
    TransactionalInbox outboxInbox(
            InboxGuard guard,
            OutboxDatabase database,
            CurrentTables current,
            InboxProperties properties,
            ObjectProvider<InboxMeters> meters) {
        InboxGuard byId = guard.seesEveryType() ? InboxGuard.byEventId(database.dataSource(), current.tables()) : guard;
        return new TransactionalInbox(
                new TransactionTemplate(database.transactionManager()),
                byId,
                new RecordIdentity(properties.idHeader()),
                meters.getIfAvailable(() -> InboxMeters.NONE));
    }

    /** Spring Kafka's bean post-processor asks for it, so it is created early, and other post-processors need not see it. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static IdempotentListeners outboxIdempotentListeners(
            ConfigurableListableBeanFactory beanFactory,
            ObjectProvider<TransactionalInbox> inbox,
            ObjectProvider<ConsumedTopics> topics,
            ObjectProvider<ConsumerContainers> watched,
            ObjectProvider<OutboxDatabase> database,
            Environment environment) {
        EffectTransaction effects = new EffectTransaction(beanFactory, () -> {
            OutboxDatabase own = database.getIfUnique();
            return own == null ? null : own.transactionManager();
        });
        boolean switchedOff = Boolean.FALSE.equals(environment.getProperty("outbox.enabled", Boolean.class));
        return new IdempotentListeners(beanFactory, inbox, topics, watched, effects, switchedOff);
    }
}
