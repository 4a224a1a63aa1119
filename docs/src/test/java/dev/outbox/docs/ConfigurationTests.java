package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/configuration.md against the metadata that the build generates from the properties records. */
class ConfigurationTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(outbox\\.[^`]+)` \\| (?:`([^`]*)`)? ?\\| (.+) \\|$");

    @Test
    void everyPropertyStandsInTheDocumentationWithItsDefaultAndDescription() throws IOException {
        assertThat(documented()).containsExactlyInAnyOrderElementsOf(generated());
    }

    @Test
    void everyPropertyHasADescription() throws IOException {
        assertThat(properties())
                .isNotEmpty()
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as(property.path("name").asString())
                        .isNotBlank());
    }

    private static List<String> documented() {
        Matcher rows = ROW.matcher(Documentation.read("docs/configuration.md"));
        List<String> found = new ArrayList<>();
        while (rows.find()) {
            String defaultValue = rows.group(2) == null ? "" : rows.group(2);
            found.add(rows.group(1) + " = " + defaultValue + ": " + rows.group(3));
        }
        return found;
    }

    private static List<String> generated() throws IOException {
        return properties().stream()
                .map(property -> property.path("name").asString() + " = " + defaultOf(property) + ": "
                        + property.path("description").asString(""))
                .toList();
    }

    private static String defaultOf(JsonNode property) {
        JsonNode value = property.path("defaultValue");
        return value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                : value.asString("");
    }

    private static List<JsonNode> properties() throws IOException {
        JsonMapper mapper = JsonMapper.shared();
        List<JsonNode> found = new ArrayList<>();
        for (Resource metadata : new PathMatchingResourcePatternResolver()
                .getResources("classpath*:META-INF/spring-configuration-metadata.json")) {
            mapper.readTree(metadata.getContentAsByteArray()).path("properties").forEach(property -> {
                if (property.path("name").asString().startsWith("outbox.")) {
                    found.add(property);
                }
            });
        }
        return found;
    }
}
