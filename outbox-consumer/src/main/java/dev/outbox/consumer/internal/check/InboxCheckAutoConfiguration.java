package dev.outbox.consumer.internal.check;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.internal.inbox.InboxAutoConfiguration;
import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.domain.HandledEvents;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Auto-configuration that checks what the service consumes, before the service starts. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        after = InboxAutoConfiguration.class,
        afterName = "dev.outbox.producer.internal.check.CaptureCheckAutoConfiguration")
@Import(DatabaseConfiguration.class)
public final class InboxCheckAutoConfiguration {

    InboxCheckAutoConfiguration() {}

    @Bean
    HandledEvents outboxHandledEvents(ConfigurableListableBeanFactory beans) {
        return () -> BeanMethod.annotatedWith(DomainEventHandler.class, beans).stream()
                .flatMap(handler -> Stream.of(handler.declared().getParameterTypes()))
                .collect(Collectors.toSet());
    }

    @Bean
    InboxCheck outboxInboxCheck(
            ConfigurableListableBeanFactory beans, Environment environment, OutboxDatabase database) {
        return new InboxCheck(beans, environment, database);
    }
}
