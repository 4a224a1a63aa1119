package dev.outbox.relay.internal.outboxes;

import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.operations.Outboxes;
import dev.outbox.relay.operations.UnavailableOutboxException;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of what an operator may see and do in a sidecar of several outboxes. */
@AutoConfiguration(after = OutboxesAutoConfiguration.class)
@ConditionalOnBean(RunningOutboxes.class)
public final class OutboxesOperationsAutoConfiguration {

    OutboxesOperationsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Outboxes outboxes(RunningOutboxes running) {
        return new OperatedOutboxes(running);
    }

    private record OperatedOutboxes(RunningOutboxes running) implements Outboxes {

        @Override
        public List<String> names() {
            return running.all().stream().map(RunningOutbox::name).toList();
        }

        @Override
        public OutboxOperations named(String name) {
            RunningOutbox outbox = running.all().stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> UnavailableOutboxException.unknown(name, names()));
            return outbox.context()
                    .map(context -> context.getBean(OutboxOperations.class))
                    .orElseThrow(() -> UnavailableOutboxException.notStarted(name, outbox.reason()));
        }
    }
}
