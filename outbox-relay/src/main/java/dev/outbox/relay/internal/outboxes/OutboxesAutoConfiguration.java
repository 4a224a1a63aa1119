package dev.outbox.relay.internal.outboxes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;

/** Auto-configuration of a sidecar of several outboxes. */
@AutoConfiguration
@Conditional(SeveralOutboxesCondition.class)
@EnableConfigurationProperties(OutboxesProperties.class)
public final class OutboxesAutoConfiguration {

    OutboxesAutoConfiguration() {}

    @Bean
    RunningOutboxes outboxRunningOutboxes(
            OutboxesProperties properties,
            ConfigurableEnvironment environment,
            ObjectProvider<OutboxContextExtension> extensions) {
        OutboxContextExtension extension = extensions.getIfAvailable(() -> OutboxContextExtension.NONE);
        String application = environment.getProperty("spring.application.name", "relay");
        Map<String, Map<String, Object>> configured = Objects.requireNonNull(properties.outboxes());
        List<RunningOutbox> outboxes = new ArrayList<>();
        configured.forEach((name, settings) -> {
            OutboxEntry outbox = OutboxEntry.of(name, settings, application);
            if (environment.containsProperty("spring.datasource.url")) {
                throw new InvalidOutboxException(
                        name,
                        "spring.datasource.url names another one",
                        "Move that one below outbox.relay.outboxes, and remove spring.datasource.url.");
            }
            OutboxContextConfiguration.check(outbox, environment);
            outboxes.add(
                    new RunningOutbox(name, () -> OutboxContextConfiguration.start(outbox, environment, extension)));
        });
        return new RunningOutboxes(outboxes);
    }
}
