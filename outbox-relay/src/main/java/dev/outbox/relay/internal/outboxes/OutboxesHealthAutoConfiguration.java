package dev.outbox.relay.internal.outboxes;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health of a sidecar of several outboxes: it has the health of each of them, by its name. */
@AutoConfiguration(after = OutboxesAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(RunningOutboxes.class)
public final class OutboxesHealthAutoConfiguration {

    private static final String RELAY = "outboxRelayHealthIndicator";

    OutboxesHealthAutoConfiguration() {}

    @Bean
    HealthContributor outboxRelayHealthContributor(RunningOutboxes outboxes) {
        Map<String, HealthIndicator> indicators =
                outboxes.all().stream().collect(Collectors.toMap(RunningOutbox::name, outbox -> () -> health(outbox)));
        return CompositeHealthContributor.fromMap(indicators, Function.identity());
    }

    private static Health health(RunningOutbox outbox) {
        return outbox.context()
                .map(context -> context.getBean(RELAY, HealthIndicator.class).health())
                .orElseGet(() ->
                        Health.down().withDetail("reason", outbox.reason()).build());
    }
}
