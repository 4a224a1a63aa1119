package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the pages on deployment show of the configuration of an application. */
class DocumentedPropertiesTests {

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Set<String> ROOTS = Set.of("spring", "outbox", "management", "server");

    private final KnownProperties properties = KnownProperties.ofClassPath();

    @ParameterizedTest
    @ValueSource(strings = {"docs/deployment.md", "docs/health.md"})
    void eachPropertyOfAnExampleIsThere(String page) {
        List<JsonNode> examples = EXAMPLE.matcher(Project.read(page))
                .results()
                .map(example -> new YAMLMapper().readTree(example.group(1)))
                .filter(example -> ROOTS.containsAll(example.propertyNames().stream()
                        .map(name -> name.replaceFirst("[.].*", ""))
                        .toList()))
                .toList();
        assertThat(examples).isNotEmpty();
        for (JsonNode example : examples) {
            assertThat(KnownProperties.flat(example).keySet()).allMatch(properties::has, "is a property");
        }
    }
}
