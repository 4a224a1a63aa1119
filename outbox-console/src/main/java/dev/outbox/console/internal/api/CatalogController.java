package dev.outbox.console.internal.api;

import dev.outbox.console.internal.catalog.EventCatalog;
import dev.outbox.console.internal.catalog.EventCatalogs;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The events, as the catalogs describe them. */
@RestController
@RequestMapping(path = "/outbox/api/catalog", produces = MediaType.APPLICATION_JSON_VALUE)
class CatalogController {

    private final EventCatalogs catalogs;

    CatalogController(EventCatalogs catalogs) {
        this.catalogs = catalogs;
    }

    @GetMapping
    List<EventCatalog> catalogs() {
        return catalogs.all();
    }
}
