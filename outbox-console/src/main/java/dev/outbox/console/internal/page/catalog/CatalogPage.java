package dev.outbox.console.internal.page.catalog;

import dev.outbox.console.internal.catalog.EventCatalog;
import dev.outbox.console.internal.catalog.EventCatalogs;
import dev.outbox.console.internal.catalog.ShownCatalog;
import dev.outbox.console.internal.page.PageViews;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Which events are there, in which versions, and who answers for them? */
@Controller
class CatalogPage {

    private static final ShownCatalog WORDS = new ShownCatalog();

    private final EventCatalogs catalogs;

    CatalogPage(EventCatalogs catalogs) {
        this.catalogs = catalogs;
    }

    @GetMapping("/outbox/catalog")
    String catalog(Model model) {
        List<EventCatalog> all = catalogs.all();
        model.addAttribute("catalogs", all);
        model.addAttribute("locations", catalogs.locations());
        model.addAttribute("words", WORDS);
        model.addAttribute(
                "events",
                all.stream().mapToInt(catalog -> catalog.events().size()).sum());
        return PageViews.name("catalog");
    }
}
