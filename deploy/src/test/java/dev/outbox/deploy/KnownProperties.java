package dev.outbox.deploy;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The properties that there are, of the outbox and of Spring Boot: their metadata is on the class path. */
public final class KnownProperties {

    private final Set<String> names = new TreeSet<>();

    /** Below these, a name goes on as its user likes. */
    private final Set<String> maps = new TreeSet<>();

    /**
     * Those of the console and the tracer, which are not on the class path, because they would protect what other tests ask, and
     * send traces.
     */
    private KnownProperties() {
        names.add("management.opentelemetry.tracing.export.otlp.endpoint");
        names.add("outbox.console.enabled");
        maps.add("outbox.console.users.");
    }

    public static KnownProperties ofClassPath() {
        KnownProperties known = new KnownProperties();
        try {
            for (Resource metadata : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:META-INF/*spring-configuration-metadata.json")) {
                JsonMapper.shared()
                        .readTree(metadata.getContentAsByteArray())
                        .path("properties")
                        .forEach(known::add);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return known;
    }

    private void add(JsonNode property) {
        String name = property.path("name").asString();
        names.add(name);
        if (property.path("type").asString("").startsWith("java.util.Map")) {
            maps.add(name + ".");
        }
    }

    public boolean has(String name) {
        return names.contains(name) || maps.stream().anyMatch(name::startsWith);
    }

    /** {@return whether an environment variable is the name of a property, with or without an underscore for a hyphen} */
    public boolean hasVariable(String variable) {
        return names.stream().flatMap(KnownProperties::variables).anyMatch(variable::equals)
                || maps.stream().flatMap(KnownProperties::variables).anyMatch(variable::startsWith);
    }

    private static Stream<String> variables(String name) {
        String upper = name.replace('.', '_').toUpperCase(Locale.ROOT);
        return Stream.of(upper.replace("-", ""), upper.replace('-', '_'));
    }

    /** {@return the properties of a tree, with their values} */
    public static Map<String, String> flat(JsonNode tree) {
        Map<String, String> flat = new TreeMap<>();
        flatten("", tree, flat);
        return flat;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> flat) {
        if (node.isObject()) {
            node.properties().forEach(field -> flatten(prefix + "." + field.getKey(), field.getValue(), flat));
        } else {
            flat.put(prefix.substring(1), node.asString());
        }
    }
}
