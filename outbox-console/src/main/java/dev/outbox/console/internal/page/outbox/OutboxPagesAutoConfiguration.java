package dev.outbox.console.internal.page.outbox;

import dev.outbox.console.internal.access.SignInOptions;
import dev.outbox.console.internal.api.outbox.ChosenOutbox;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.decision.ReplayJobs;
import dev.outbox.console.internal.overview.Overviews;
import dev.outbox.console.internal.page.PageSection;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.console.internal.targets.TargetReport;
import dev.outbox.console.internal.trail.EventTrails;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the pages about an outbox. */
@AutoConfiguration(
        afterName = {
            "dev.outbox.console.internal.access.AccessAutoConfiguration",
            "dev.outbox.console.internal.api.outbox.OutboxApiAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Overviews.class, SignInOptions.class})
public final class OutboxPagesAutoConfiguration {

    OutboxPagesAutoConfiguration() {}

    @Bean
    FramedOutboxes outboxFramedOutboxes(ChosenOutbox outboxes) {
        return new FramedOutboxes(outboxes);
    }

    @Bean
    NowPage outboxNowPage(FramedOutboxes outboxes, Overviews overviews) {
        return new NowPage(outboxes, overviews);
    }

    @Bean
    PageSection outboxNowSection() {
        return new PageSection(10, "now", "Now", "Is anything late, since when, and why?", "/outbox");
    }

    @Bean
    EventPages outboxEventPages(FramedOutboxes outboxes, EventTrails trails, Payloads payloads) {
        return new EventPages(outboxes, trails, payloads);
    }

    @Bean
    PageSection outboxEventsSection() {
        return new PageSection(20, "events", "Events", "Why has it not arrived?", "/outbox/events");
    }

    @Bean
    ReplayPages outboxReplayPages(FramedOutboxes outboxes, ReplayJobs replays) {
        return new ReplayPages(outboxes, replays);
    }

    @Bean
    PageSection outboxReplaysSection() {
        return new PageSection(
                50,
                "replays",
                "Replay",
                "What would be published once more, and how far has it come?",
                "/outbox/replays");
    }

    @Bean
    TargetsPage outboxTargetsPage(FramedOutboxes outboxes, TargetReport report) {
        return new TargetsPage(outboxes, report);
    }

    @Bean
    PageSection outboxTargetsSection() {
        return new PageSection(
                80, "targets", "Targets", "Where do the events go, and do they get there?", "/outbox/targets");
    }

    @Bean
    LanePages outboxLanePages(FramedOutboxes outboxes, Decisions decisions) {
        return new LanePages(outboxes, decisions);
    }

    @Bean
    PageSection outboxLanesSection() {
        return new PageSection(60, "lanes", "Lanes", "Who publishes, and how much waits?", "/outbox/lanes");
    }
}
