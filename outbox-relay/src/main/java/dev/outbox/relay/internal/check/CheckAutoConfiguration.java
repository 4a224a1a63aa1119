package dev.outbox.relay.internal.check;

import dev.outbox.internal.domain.DeclaredTopics;
import dev.outbox.relay.RelayAutoConfiguration;
import dev.outbox.relay.events.StoredEvents;
import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.kafka.BrokerSettings;
import dev.outbox.relay.internal.replication.Publication;
import dev.outbox.relay.internal.tail.TailProperties;
import dev.outbox.schema.OutboxTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Auto-configuration of the checks that run before the relay starts. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@ConditionalOnBean(RelayDatabase.class)
@EnableConfigurationProperties(CheckProperties.class)
public final class CheckAutoConfiguration {

    /** Of the producer, which a relay on its own does not have. */
    static final DataSize DEFAULT_MAX_PAYLOAD = DataSize.ofKilobytes(900);

    CheckAutoConfiguration() {}

    @Bean
    StartChecks outboxStartChecks(
            CheckProperties properties,
            RelayDatabase database,
            OutboxTables tables,
            BrokerSettings broker,
            ObjectProvider<DeclaredTopics> declared,
            ObjectProvider<Publication> publication,
            ObjectProvider<TailProperties> tail,
            Environment environment) {
        long maxPayload = environment
                .getProperty("outbox.capture.max-payload-size", DataSize.class, DEFAULT_MAX_PAYLOAD)
                .toBytes();
        List<StartCheck> checks = new ArrayList<>();
        switch (database.product()) {
            case POSTGRESQL -> checks.add(new JdbcServerCheck(database.dataSource(), tables));
            case MARIADB, MYSQL -> checks.add(new JdbcMariaDbCheck(database.dataSource(), tables));
            case H2 -> {}
        }
        checks.add(new ProducerSettingsCheck(broker.refused()));
        checks.add(new TopicsCheck(
                new KafkaTopicLimits(broker.admin(), properties.timeout()),
                properties.topics(),
                () -> topics(declared, StoredEvents.on(database.product(), database.dataSource(), tables)::topics),
                maxPayload,
                broker.maxRequestSize()));
        publication.ifAvailable(found -> checks.add(new JdbcTailCheck(
                database.dataSource(), tables, found, tail.getObject().createPublication())));
        return new StartChecks(checks, properties.unsafeSettings());
    }

    private static Set<String> topics(ObjectProvider<DeclaredTopics> declared, Supplier<Set<String>> recent) {
        Set<String> topics = new HashSet<>(recent.get());
        declared.forEach(source -> topics.addAll(source.names()));
        return topics;
    }
}
