package dev.outbox.console.internal.page;

import dev.outbox.console.internal.access.SignInOptions;
import dev.outbox.console.internal.api.Audits;
import dev.outbox.console.internal.consumers.ConsumerReport;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Auto-configuration of what all pages share. The pages themselves are configured before, by their features. */
@AutoConfiguration(
        afterName = {
            "dev.outbox.console.internal.access.AccessAutoConfiguration",
            "dev.outbox.console.internal.api.ApiAutoConfiguration",
            "dev.outbox.console.internal.page.outbox.OutboxPagesAutoConfiguration",
            "dev.outbox.console.internal.page.parked.ParkedPagesAutoConfiguration",
            "dev.outbox.console.internal.page.inbox.InboxPagesAutoConfiguration",
            "dev.outbox.console.internal.page.catalog.CatalogPageAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Audits.class, SignInOptions.class, PageSection.class})
public final class PagesAutoConfiguration {

    PagesAutoConfiguration() {}

    @Bean
    PageFrames outboxPageFrames(Audits audits, List<PageSection> sections, ObjectProvider<Clock> clock) {
        return new PageFrames(audits, sections, clock.getIfUnique(Clock::systemUTC));
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
    PageModel outboxPageModel(PageFrames frames) {
        return new PageModel(frames);
    }

    @Bean
    PageProblems outboxPageProblems(PageFrames frames) {
        return new PageProblems(frames);
    }

    @Bean
    OtherPages outboxOtherPages(SignInOptions options, PageProblems problems) {
        return new OtherPages(options, problems);
    }

    @Bean
    @ConditionalOnMissingBean(name = "outboxNowPage")
    HomePage outboxHomePage() {
        return new HomePage();
    }

    @Bean
    ConsumersPage outboxConsumersPage(ConsumerReport report) {
        return new ConsumersPage(report);
    }

    @Bean
    PageSection outboxConsumersSection() {
        return new PageSection(
                70, "consumers", "Consumers", "Who is behind, and what keeps it back?", "/outbox/consumers");
    }

    @Bean
    AuditPage outboxAuditPage(Audits audits) {
        return new AuditPage(audits);
    }

    @Bean
    PageSection outboxAuditSection() {
        return new PageSection(100, "audit", "Audit", "Who has decided what?", "/outbox/audit", true);
    }
}
