package dev.outbox.console.internal.api.outbox;

import dev.outbox.console.internal.consumers.ConsumerGroups;
import dev.outbox.console.internal.decision.DecisionAutoConfiguration;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.decision.ReleaseJobs;
import dev.outbox.console.internal.decision.ReplayJobs;
import dev.outbox.console.internal.overview.Overviews;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.console.internal.targets.TargetReport;
import dev.outbox.console.internal.trail.EventTrails;
import dev.outbox.relay.operations.Outboxes;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the REST API about outboxes, in a process that has a relay. */
@AutoConfiguration(after = DecisionAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Decisions.class)
public final class OutboxApiAutoConfiguration {

    private final Clock clock;

    OutboxApiAutoConfiguration(ObjectProvider<Clock> clock) {
        this.clock = clock.getIfUnique(Clock::systemUTC);
    }

    @Bean
    ChosenOutbox outboxChosenOutbox(Outboxes outboxes) {
        return new ChosenOutbox(outboxes);
    }

    @Bean
    Overviews outboxOverviews() {
        return new Overviews(clock);
    }

    @Bean
    EventTrails outboxEventTrails() {
        return new EventTrails();
    }

    @Bean
    ConsumerGroups.Lookup outboxConsumerGroups(ChosenOutbox outboxes) {
        return new OutboxConsumerGroups(outboxes);
    }

    @Bean
    TargetReport outboxTargetReport() {
        return new TargetReport(clock);
    }

    @Bean
    TargetsController outboxTargetsController(ChosenOutbox outboxes, TargetReport report) {
        return new TargetsController(outboxes, report);
    }

    @Bean
    OverviewController outboxOverviewController(Outboxes all, ChosenOutbox outboxes, Overviews overviews) {
        return new OverviewController(all, outboxes, overviews);
    }

    @Bean
    EventsController outboxEventsController(ChosenOutbox outboxes, EventTrails trails, Payloads payloads) {
        return new EventsController(outboxes, trails, payloads, clock);
    }

    @Bean
    ParkedController outboxParkedController(ChosenOutbox outboxes, Decisions decisions, Payloads payloads) {
        return new ParkedController(outboxes, decisions, payloads);
    }

    @Bean
    ReleasesController outboxReleasesController(ChosenOutbox outboxes, Decisions decisions, ReleaseJobs releases) {
        return new ReleasesController(outboxes, decisions, releases);
    }

    @Bean
    LanesController outboxLanesController(ChosenOutbox outboxes, Decisions decisions) {
        return new LanesController(outboxes, decisions);
    }

    @Bean
    ReplaysController outboxReplaysController(ChosenOutbox outboxes, ReplayJobs replays) {
        return new ReplaysController(outboxes, replays, clock);
    }
}
