package dev.outbox.check;

import dev.outbox.capture.CaptureAutoConfiguration;
import dev.outbox.datasource.DatabaseConfiguration;
import dev.outbox.datasource.OutboxDatabase;
import dev.outbox.inbox.InboxAutoConfiguration;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Auto-configuration of the look at the service before it starts. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = {CaptureAutoConfiguration.class, InboxAutoConfiguration.class})
@Import(DatabaseConfiguration.class)
public final class CheckAutoConfiguration {

    CheckAutoConfiguration() {}

    @Bean
    ServiceCheck outboxServiceCheck(
            ConfigurableListableBeanFactory beans, Environment environment, OutboxDatabase database) {
        return new ServiceCheck(
                beans,
                environment,
                database,
                AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of());
    }
}
