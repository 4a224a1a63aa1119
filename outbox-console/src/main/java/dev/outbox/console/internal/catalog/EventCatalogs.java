package dev.outbox.console.internal.catalog;

import dev.outbox.console.internal.catalog.EventCatalog.CatalogEvent;
import dev.outbox.console.internal.catalog.EventCatalog.CatalogVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the catalogs that {@code outbox.console.catalogs} names, each time somebody asks: a service has its own on the class path, and
 * a sidecar is given the files of the services beside it. Thread-safe.
 */
public final class EventCatalogs {

    private static final Logger log = LoggerFactory.getLogger(EventCatalogs.class);

    private final JsonMapper json = JsonMapper.builder().build();
    private final ResourcePatternResolver resources;
    private final List<String> locations;

    public EventCatalogs(ResourcePatternResolver resources, List<String> locations) {
        this.resources = resources;
        this.locations = locations;
    }

    /** {@return where they are looked for} */
    public List<String> locations() {
        return locations;
    }

    /** {@return the catalogs that are there and can be read} */
    public List<EventCatalog> all() {
        List<EventCatalog> catalogs = new ArrayList<>();
        for (String location : locations) {
            for (Resource file : files(location)) {
                EventCatalog catalog = read(file);
                if (catalog != null) {
                    catalogs.add(catalog);
                }
            }
        }
        return catalogs;
    }

    private Resource[] files(String location) {
        try {
            return resources.getResources(location);
        } catch (IOException missing) {
            log.debug("There is no catalog at {}", location, missing);
            return new Resource[0];
        }
    }

    private @Nullable EventCatalog read(Resource file) {
        if (!file.exists()) {
            return null;
        }
        try {
            EventCatalog catalog = json.readValue(file.getContentAsString(StandardCharsets.UTF_8), EventCatalog.class);
            return new EventCatalog(
                    catalog.service(),
                    catalog.events().stream()
                            .map(event -> event.with(event.versions().stream()
                                    .map(version -> version.with(sample(file, event, version)))
                                    .toList()))
                            .toList());
        } catch (IOException | JacksonException unreadable) {
            log.warn("The catalog {} cannot be read, so the console does not show it", file, unreadable);
            return null;
        }
    }

    /** Next to the catalog, in a file that is named as the type and the version. */
    private static @Nullable String sample(Resource catalog, CatalogEvent event, CatalogVersion version) {
        String name = "samples/%s.v%d.json".formatted(event.type().replaceAll("[^\\w.-]", "_"), version.version());
        try {
            Resource sample = catalog.createRelative(name);
            return sample.exists() ? sample.getContentAsString(StandardCharsets.UTF_8) : null;
        } catch (IOException unreadable) {
            return null;
        }
    }
}
