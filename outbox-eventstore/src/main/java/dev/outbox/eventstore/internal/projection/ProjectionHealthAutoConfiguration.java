package dev.outbox.eventstore.internal.projection;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the health of projections, if the application has health. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = ProjectionAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(ProjectionEngine.class)
@ConditionalOnEnabledHealthIndicator("outbox-projections")
public final class ProjectionHealthAutoConfiguration {

    ProjectionHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "outboxProjectionsHealthIndicator")
    ProjectionHealthIndicator outboxProjectionsHealthIndicator(
            ProjectionEngine engine, ProjectionProperties properties) {
        return new ProjectionHealthIndicator(
                engine, new Status(properties.stoppedStatus()), new Status(properties.outdatedStatus()));
    }
}
