package dev.outbox.console.internal.page;

import dev.outbox.console.internal.access.SignInOptions;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.decision.ReleaseJobs;
import dev.outbox.console.internal.decision.ReplayJobs;
import dev.outbox.console.internal.overview.Overviews;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.console.internal.trail.EventTrails;
import dev.outbox.relay.operations.Outboxes;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Auto-configuration of the console as pages. */
@AutoConfiguration(
        afterName = {
            "dev.outbox.console.internal.access.AccessAutoConfiguration",
            "dev.outbox.console.internal.api.ApiAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Overviews.class, SignInOptions.class})
public final class PagesAutoConfiguration {

    private final PageFrames frames;

    PagesAutoConfiguration(Outboxes outboxes, ObjectProvider<Clock> clock) {
        this.frames = new PageFrames(outboxes, clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    ThymeleafViewResolver outboxPagesViewResolver() {
        return PageViews.resolver(PagesAutoConfiguration.class.getClassLoader());
    }

    @Bean
    PageAssets outboxPageAssets() {
        return new PageAssets();
    }

    @Bean
    PageModel outboxPageModel() {
        return new PageModel(frames);
    }

    @Bean
    PageProblems outboxPageProblems() {
        return new PageProblems(frames);
    }

    @Bean
    OtherPages outboxOtherPages(SignInOptions options, PageProblems problems) {
        return new OtherPages(options, problems);
    }

    @Bean
    NowPage outboxNowPage(Overviews overviews) {
        return new NowPage(frames, overviews);
    }

    @Bean
    EventPages outboxEventPages(EventTrails trails, Payloads payloads) {
        return new EventPages(frames, trails, payloads);
    }

    @Bean
    ParkedPages outboxParkedPages(ReleaseJobs releases, Payloads payloads) {
        return new ParkedPages(frames, releases, payloads);
    }

    @Bean
    ReleasePages outboxReleasePages(Decisions decisions, ReleaseJobs releases) {
        return new ReleasePages(frames, decisions, releases);
    }

    @Bean
    ParkedDecisions outboxParkedDecisions(Decisions decisions) {
        return new ParkedDecisions(frames, decisions);
    }

    @Bean
    EditPage outboxEditPage(Decisions decisions, Payloads payloads) {
        return new EditPage(frames, decisions, payloads);
    }

    @Bean
    ReplayPages outboxReplayPages(ReplayJobs replays) {
        return new ReplayPages(frames, replays);
    }

    @Bean
    LanePages outboxLanePages(Decisions decisions) {
        return new LanePages(frames, decisions);
    }

    @Bean
    AuditPage outboxAuditPage() {
        return new AuditPage(frames);
    }
}
