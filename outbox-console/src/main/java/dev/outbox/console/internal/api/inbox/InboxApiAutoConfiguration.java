package dev.outbox.console.internal.api.inbox;

import dev.outbox.audit.AuditTrail;
import dev.outbox.console.internal.api.Audits;
import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.consumers.InboxConsumer;
import dev.outbox.console.internal.decision.InboxDecisionAutoConfiguration;
import dev.outbox.console.internal.decision.InboxDecisions;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.consumer.versions.SeenVersions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Auto-configuration of the REST API about the inbox of a service. */
@AutoConfiguration(
        after = InboxDecisionAutoConfiguration.class,
        afterName = "dev.outbox.console.internal.api.outbox.OutboxApiAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(InboxDecisions.class)
public final class InboxApiAutoConfiguration {

    InboxApiAutoConfiguration() {}

    @Bean
    InboxParkedController outboxInboxParkedController(InboxDecisions decisions, Payloads payloads) {
        return new InboxParkedController(decisions, payloads);
    }

    @Bean
    @ConditionalOnBean(SeenVersions.class)
    InboxConsumer.Lookup outboxInboxConsumers(InboxDecisions decisions, SeenVersions versions) {
        return new InboxConsumers(decisions, versions);
    }

    /** A service without a relay has one audit, under its own name. */
    @Bean
    @ConditionalOnMissingBean(name = "outboxChosenOutbox")
    Audits outboxInboxAudits(InboxDecisions decisions, Environment environment) {
        return new OnlyAudit(environment.getProperty("spring.application.name", "inbox"), decisions);
    }

    /** That of the inbox. */
    record OnlyAudit(String name, InboxDecisions decisions) implements Audits {

        @Override
        public List<String> names() {
            return List.of(name);
        }

        @Override
        public AuditTrail named(@Nullable String asked) {
            if (asked != null && !asked.equals(name)) {
                throw new NotFoundException("There is no audit of '%s' here, only of '%s'".formatted(asked, name));
            }
            return decisions.audit();
        }
    }
}
