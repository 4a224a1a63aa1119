package dev.outbox.producer.internal.check;

import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.producer.CaptureAutoConfiguration;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Auto-configuration for the check of what the service publishes, before it starts. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = CaptureAutoConfiguration.class)
@Import(DatabaseConfiguration.class)
public final class CaptureCheckAutoConfiguration {

    CaptureCheckAutoConfiguration() {}

    @Bean
    CaptureCheck outboxCaptureCheck(
            ConfigurableListableBeanFactory beans, Environment environment, OutboxDatabase database) {
        return new CaptureCheck(
                beans,
                environment,
                database,
                AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of());
    }
}
