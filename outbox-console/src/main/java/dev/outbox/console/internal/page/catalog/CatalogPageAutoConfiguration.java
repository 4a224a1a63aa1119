package dev.outbox.console.internal.page.catalog;

import dev.outbox.console.internal.access.SignInOptions;
import dev.outbox.console.internal.catalog.EventCatalogs;
import dev.outbox.console.internal.page.PageSection;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the page about events. */
@AutoConfiguration(
        afterName = {
            "dev.outbox.console.internal.access.AccessAutoConfiguration",
            "dev.outbox.console.internal.api.ApiAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({EventCatalogs.class, SignInOptions.class})
public final class CatalogPageAutoConfiguration {

    CatalogPageAutoConfiguration() {}

    @Bean
    PageSection outboxCatalogSection() {
        return new PageSection(
                90,
                "catalog",
                "Catalog",
                "Which events are there, in which versions, and who answers for them?",
                "/outbox/catalog");
    }

    @Bean
    CatalogPage outboxCatalogPage(EventCatalogs catalogs) {
        return new CatalogPage(catalogs);
    }
}
