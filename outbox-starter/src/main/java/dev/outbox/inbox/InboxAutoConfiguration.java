package dev.outbox.inbox;

import dev.outbox.domain.DomainAutoConfiguration;
import dev.outbox.domain.DomainEventTypes;
import dev.outbox.upcast.UpcastAutoConfiguration;
import dev.outbox.upcast.Upcasters;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.StringUtils;

/** Auto-configuration of the inbox: everything from the Kafka topics to the {@link DomainEventHandler} methods. */
@AutoConfiguration(
        after = {
            DomainAutoConfiguration.class,
            UpcastAutoConfiguration.class,
            DataSourceAutoConfiguration.class,
            KafkaAutoConfiguration.class
        })
@ConditionalOnClass(KafkaAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "outbox.inbox.enabled", matchIfMissing = true)
@EnableConfigurationProperties(InboxProperties.class)
public final class InboxAutoConfiguration {

    InboxAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(DataSource.class)
    InboxGuard inboxGuard(DataSource dataSource) {
        return new JdbcEventIdGuard(transactional(dataSource));
    }

    @Bean
    InboxRegistrar inboxRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            DomainEventTypes types,
            ObjectProvider<InboxContainerFactory> containers,
            ObjectProvider<PlatformTransactionManager> transactionManager,
            ObjectProvider<InboxGuard> guard,
            ObjectProvider<Upcasters> upcasters) {
        return new InboxRegistrar(beanFactory, types, containers, transactionManager, guard, upcasters);
    }

    /** Lazy, as a service without handlers needs no consumer group. */
    @Bean
    @Lazy
    @ConditionalOnBean(ConsumerFactory.class)
    InboxContainerFactory inboxContainerFactory(
            InboxProperties properties,
            ConsumerFactory<?, ?> consumerFactory,
            ObjectProvider<DefaultKafkaConsumerFactoryCustomizer> consumerFactoryCustomizers,
            ObjectProvider<InboxContainerCustomizer> containerCustomizers,
            ObjectProvider<KafkaProperties> kafkaProperties,
            ApplicationContext context) {
        ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        factory.setApplicationContext(context);
        kafkaProperties.ifUnique(kafka -> {
            factory.setAutoStartup(kafka.getListener().isAutoStartup());
            factory.getContainerProperties()
                    .setObservationEnabled(kafka.getListener().isObservationEnabled());
        });
        return new InboxContainerFactory(
                factory,
                inboxConsumers(consumerFactory, consumerFactoryCustomizers),
                group(properties, consumerFactory, context.getEnvironment()),
                properties,
                containerCustomizers.orderedStream().toList());
    }

    /** The service's own settings, so that its connection, security and tuning hold, and above them what the inbox needs. */
    private static ConsumerFactory<byte[], byte[]> inboxConsumers(
            ConsumerFactory<?, ?> service, ObjectProvider<DefaultKafkaConsumerFactoryCustomizer> customizers) {
        Map<String, Object> settings = new HashMap<>(service.getConfigurationProperties());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        DefaultKafkaConsumerFactory<byte[], byte[]> factory = new DefaultKafkaConsumerFactory<>(settings);
        customizers.orderedStream().forEach(customizer -> customizer.customize(factory));
        factory.setKeyDeserializer(new ByteArrayDeserializer());
        factory.setValueDeserializer(new ByteArrayDeserializer());
        return factory;
    }

    private static String group(InboxProperties properties, ConsumerFactory<?, ?> consumers, Environment environment) {
        return Stream.of(
                        properties.group(),
                        consumers.getConfigurationProperties().get(ConsumerConfig.GROUP_ID_CONFIG),
                        environment.getProperty("spring.application.name"))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(StringUtils::hasText)
                .findFirst()
                .orElseThrow(() -> new InvalidInboxException(
                        "There are @DomainEventHandler methods, but the consumer group has no name",
                        "Set spring.application.name or outbox.inbox.group. The name must stay, for the inbox remembers"
                                + " processed events under it."));
    }

    /** {@return the DataSource under which a transaction manager binds its connection} */
    private static DataSource transactional(DataSource dataSource) {
        return dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null
                ? proxy.getTargetDataSource()
                : dataSource;
    }
}
