package dev.outbox.contract.internal.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The catalog as one HTML page that needs no other files. */
public final class CatalogPage {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Events of %1$s</title>
            <style>
            :root { color-scheme: light dark; --line: #8884; --mark: #0b6bcb; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h2 { margin: 2.5rem 0 .5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
            h3 { margin: 1.5rem 0 .25rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
            dt { opacity: .7; } dd { margin: 0; }
            table { border-collapse: collapse; width: 100%%; }
            th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); }
            pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .3rem; font-size: .85rem; }
            a { color: var(--mark); } summary { cursor: pointer; }
            </style>
            </head>
            <body>
            <h1>Events of %1$s</h1>
            <table>
            <thead><tr><th>Event</th><th>Version</th><th>Producer</th><th>Consumers</th><th>Owner</th></tr></thead>
            <tbody>
            %2$s</tbody>
            </table>
            %3$s</body>
            </html>
            """;

    private static final String ROW = """
            <tr><td><a href="#%1$s">%1$s</a></td><td>%2$s</td><td>%3$s</td><td>%4$s</td><td>%5$s</td></tr>
            """;

    private static final String EVENT = """
            <h2 id="%1$s">%1$s</h2>
            <p>%2$s</p>
            <dl>
            <dt>Aggregate</dt><dd>%3$s</dd>
            <dt>Topic</dt><dd>%4$s</dd>
            <dt>Owner</dt><dd>%5$s</dd>
            <dt>Producer</dt><dd>%6$s</dd>
            <dt>Consumers</dt><dd>%7$s</dd>
            <dt>Compatibility</dt><dd>%8$s</dd>
            %9$s</dl>
            """;

    private static final String VERSION = """
            <h3>Version %1$d</h3>
            <dl>
            <dt>Since</dt><dd>%2$s</dd>
            %3$s</dl>
            %4$s<details><summary>Schema</summary><pre>%5$s</pre></details>
            """;

    private CatalogPage() {}

    /** {@return the page, in which all text from the catalog is escaped} */
    public static String of(EventCatalog catalog, EventSamples samples) {
        StringBuilder rows = new StringBuilder();
        StringBuilder events = new StringBuilder();
        for (CatalogEvent event : catalog.events()) {
            rows.append(ROW.formatted(
                    escaped(event.type()),
                    event.latest(),
                    known(event.producer()),
                    known(event.consumers()),
                    escaped(event.owner())));
            events.append(section(event));
            // The newest first, because it is the one to start with.
            for (int i = event.versions().size() - 1; i >= 0; i--) {
                events.append(section(event, event.versions().get(i), samples));
            }
        }
        return PAGE.formatted(escaped(catalog.service()), rows, events);
    }

    private static String section(CatalogEvent event) {
        return EVENT.formatted(
                escaped(event.type()),
                event.description() == null ? "" : escaped(event.description()),
                escaped(event.aggregate()),
                escaped(event.topic()),
                escaped(event.owner()),
                known(event.producer()),
                known(event.consumers()),
                event.compatibility(),
                remark("Retired", event.retired()));
    }

    private static String section(CatalogEvent event, CatalogVersion version, EventSamples samples) {
        String example = samples.of(event.type(), version.version())
                .map(text -> "<pre>" + escaped(text.strip()) + "</pre>\n")
                .orElse("");
        return VERSION.formatted(
                version.version(),
                escaped(version.since()),
                remark("Deprecated", version.deprecated()) + formatOf(version.format()),
                example,
                escaped(JSON.writeValueAsString(version.schema())));
    }

    private static String formatOf(@Nullable CatalogFormat format) {
        return format == null
                ? ""
                : "<dt>Published as</dt><dd>%s<details><summary>Its schema</summary><pre>%s</pre></details></dd>\n"
                        .formatted(escaped(format.contentType()), escaped(JSON.writeValueAsString(format.schema())));
    }

    private static String remark(String name, @Nullable String text) {
        return text == null ? "" : "<dt>%s</dt><dd>%s</dd>\n".formatted(name, escaped(text));
    }

    private static String known(@Nullable String name) {
        return name == null ? "not known here" : escaped(name);
    }

    private static String known(List<String> names) {
        return names.isEmpty() ? "none known here" : escaped(String.join(", ", names));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
