package dev.outbox.console.internal.decision;

import dev.outbox.relay.operations.Outboxes;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of what an operator decides. */
@AutoConfiguration(
        afterName = {
            "dev.outbox.relay.operations.OperationsAutoConfiguration",
            "dev.outbox.relay.internal.outboxes.OutboxesOperationsAutoConfiguration"
        })
@ConditionalOnBean(Outboxes.class)
@ConditionalOnBooleanProperty(name = "outbox.console.enabled", matchIfMissing = true)
public final class DecisionAutoConfiguration {

    DecisionAutoConfiguration() {}

    @Bean
    Decisions outboxDecisions() {
        return new Decisions();
    }

    @Bean
    ReleaseJobs outboxReleaseJobs() {
        return new ReleaseJobs();
    }

    @Bean
    ReplayJobs outboxReplayJobs(ObjectProvider<Clock> clock) {
        return new ReplayJobs(clock.getIfUnique(Clock::systemUTC));
    }
}
