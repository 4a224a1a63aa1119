package dev.outbox.contract.internal.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** The catalog that is delivered with the service. */
final class CatalogResources {

    private final ResourceLoader resources;

    CatalogResources(ResourceLoader resources) {
        this.resources = resources;
    }

    /** {@return the catalog, if there is one} */
    Optional<EventCatalog> catalog() {
        return text(EventCatalog.FILE).map(EventCatalog::parse);
    }

    /** {@return the samples of the versions that the catalog lists} */
    EventSamples samples(EventCatalog catalog) {
        Map<String, String> texts = new HashMap<>();
        for (CatalogEvent event : catalog.events()) {
            for (CatalogVersion version : event.versions()) {
                String file = EventSamples.fileOf(event.type(), version.version());
                text(EventSamples.FOLDER + file).ifPresent(text -> texts.put(file, text));
            }
        }
        return new EventSamples(texts);
    }

    private Optional<String> text(String file) {
        Resource resource = resources.getResource("classpath:" + EventCatalog.FOLDER + file);
        if (!resource.exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(resource.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
