package dev.outbox.producer.internal.downcast;

import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.personal.EncryptionProperties;
import dev.outbox.internal.personal.PersonalWriter;
import dev.outbox.internal.personal.SubjectGuard;
import dev.outbox.personal.SubjectKeys;
import dev.outbox.producer.downcast.Downcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration for {@link Downcaster downcasting}. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = {DomainAutoConfiguration.class, FormatAutoConfiguration.class})
@ConditionalOnBean(PayloadFormats.class)
@EnableConfigurationProperties({DowncastProperties.class, EncryptionProperties.class})
public final class DowncastAutoConfiguration {

    DowncastAutoConfiguration() {}

    /** Lazy, because the classes of all beans are known only when all of them exist. */
    @Bean
    @Lazy
    Downcasters outboxDowncasters(
            ConfigurableListableBeanFactory beanFactory, DomainEventTypes types, DowncastProperties properties) {
        return Downcasters.of(
                BeanMethod.annotatedWith(Downcaster.class, beanFactory).stream()
                        .map(DowncasterStep::of)
                        .toList(),
                types,
                properties);
    }

    @Bean
    PayloadWriter outboxPayloadWriter(
            PayloadFormats formats,
            ObjectProvider<Downcasters> downcasters,
            ObjectProvider<SubjectKeys> keys,
            ObjectProvider<SubjectGuard> guard,
            EncryptionProperties encryption,
            JsonMapper mapper) {
        return new PayloadWriter(
                formats,
                new PersonalWriter(
                        keys::getIfAvailable,
                        () -> guard.getIfAvailable(() -> SubjectGuard.NONE),
                        encryption.types(),
                        mapper),
                downcasters::getObject);
    }

    /** A missing step stops the startup, before any event needs it. */
    @Bean
    SmartInitializingSingleton downcastersCheck(
            ObjectProvider<Downcasters> downcasters, PayloadWriter payloads, DomainEventTypes types) {
        return () -> {
            downcasters.getObject();
            payloads.check(types);
        };
    }
}
