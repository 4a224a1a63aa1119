package dev.outbox.console.internal.page.parked;

import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.decision.ReleaseJobs;
import dev.outbox.console.internal.page.PageSection;
import dev.outbox.console.internal.page.outbox.FramedOutboxes;
import dev.outbox.console.internal.page.outbox.OutboxPagesAutoConfiguration;
import dev.outbox.console.internal.payload.Payloads;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the pages about what a relay has parked. */
@AutoConfiguration(after = OutboxPagesAutoConfiguration.class)
@ConditionalOnBean(FramedOutboxes.class)
public final class ParkedPagesAutoConfiguration {

    ParkedPagesAutoConfiguration() {}

    @Bean
    PageSection outboxParkedSection() {
        return new PageSection(
                30, "parked", "Parked", "What waits for a decision, why, and in which order?", "/outbox/parked");
    }

    @Bean
    ParkedPages outboxParkedPages(FramedOutboxes outboxes, ReleaseJobs releases, Payloads payloads) {
        return new ParkedPages(outboxes, releases, payloads);
    }

    @Bean
    ReleasePages outboxReleasePages(FramedOutboxes outboxes, Decisions decisions, ReleaseJobs releases) {
        return new ReleasePages(outboxes, decisions, releases);
    }

    @Bean
    ParkedDecisions outboxParkedDecisions(FramedOutboxes outboxes, Decisions decisions) {
        return new ParkedDecisions(outboxes, decisions);
    }

    @Bean
    EditPage outboxEditPage(FramedOutboxes outboxes, Decisions decisions, Payloads payloads) {
        return new EditPage(outboxes, decisions, payloads);
    }
}
