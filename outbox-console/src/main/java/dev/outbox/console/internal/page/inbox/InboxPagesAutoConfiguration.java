package dev.outbox.console.internal.page.inbox;

import dev.outbox.console.internal.access.SignInOptions;
import dev.outbox.console.internal.decision.InboxDecisions;
import dev.outbox.console.internal.page.PageSection;
import dev.outbox.console.internal.payload.Payloads;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the pages about the inbox of a service. */
@AutoConfiguration(
        afterName = {
            "dev.outbox.console.internal.access.AccessAutoConfiguration",
            "dev.outbox.console.internal.api.inbox.InboxApiAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({InboxDecisions.class, SignInOptions.class})
public final class InboxPagesAutoConfiguration {

    InboxPagesAutoConfiguration() {}

    @Bean
    PageSection outboxInboxSection() {
        return new PageSection(
                40,
                "inbox",
                "Inbox",
                "What was received and could not be handled, why, and what waits behind it?",
                "/outbox/inbox/parked");
    }

    @Bean
    InboxPages outboxInboxPages(InboxDecisions decisions, Payloads payloads) {
        return new InboxPages(decisions, payloads);
    }

    @Bean
    InboxDecisionPages outboxInboxDecisionPages(InboxDecisions decisions) {
        return new InboxDecisionPages(decisions);
    }
}
