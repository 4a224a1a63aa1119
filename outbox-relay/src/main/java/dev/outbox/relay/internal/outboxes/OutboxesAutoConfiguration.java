package dev.outbox.relay.internal.outboxes;

import dev.outbox.internal.status.StatusPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** The bean of the relay in the context of an outbox. */
    private static final String RELAY = "outboxRelayStatus";

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

    /** What each relay shows if it is the only one, by the name of its outbox. */
    @Bean
    StatusPart outboxOutboxesStatus(RunningOutboxes outboxes) {
        return new StatusPart("outboxes", () -> {
            Map<String, Object> all = new LinkedHashMap<>();
            outboxes.all().forEach(outbox -> all.put(outbox.name(), status(outbox)));
            return all;
        });
    }

    private static Object status(RunningOutbox outbox) {
        return outbox.context()
                .<Object>map(context ->
                        context.getBean(RELAY, StatusPart.class).now().get())
                .orElseGet(() -> Map.of("troubles", List.of(outbox.reason())));
    }
}
