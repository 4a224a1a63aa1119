package dev.outbox.internal.domain;

import dev.outbox.domain.DomainEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Auto-configuration for the catalog of {@link DomainEvent domain events}. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@EnableConfigurationProperties(OutboxProperties.class)
public final class DomainAutoConfiguration {

    DomainAutoConfiguration() {}

    @Bean
    DomainEventTypes domainEventTypes(
            OutboxProperties properties,
            BeanFactory beanFactory,
            Environment environment,
            ResourceLoader resourceLoader) {
        List<String> packages =
                properties.packages().isEmpty() ? applicationPackages(beanFactory) : properties.packages();
        return DomainEventTypes.of(
                new AnnotatedClassScanner(DomainEvent.class, environment, resourceLoader).scan(packages),
                properties,
                type -> idConverter(beanFactory, type));
    }

    private static @Nullable Converter<Object, String> idConverter(BeanFactory beanFactory, Class<?> type) {
        return beanFactory
                .<Converter<Object, String>>getBeanProvider(
                        ResolvableType.forClassWithGenerics(Converter.class, type, String.class))
                .getIfUnique();
    }

    private static List<String> applicationPackages(BeanFactory beanFactory) {
        return AutoConfigurationPackages.has(beanFactory) ? AutoConfigurationPackages.get(beanFactory) : List.of();
    }
}
