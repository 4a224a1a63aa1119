package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example of docs/health.md against the records that the endpoint writes. */
class HealthTests {

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\n(.*?)```");

    @Test
    void theExampleHasEachFieldOfTheEndpointAndNoOther() throws ClassNotFoundException {
        Matcher example = EXAMPLE.matcher(Documentation.read("docs/health.md"));
        assertThat(example.find()).isTrue();
        JsonNode shown = JsonMapper.shared().readTree(example.group(1));
        check(Class.forName("dev.outbox.relay.RelayStatus"), List.of(shown.path("relay")));
        check(Class.forName("dev.outbox.consumer.internal.health.InboxStatus"), List.of(shown.path("inbox")));
    }

    /**
     * @param nodes all that are written of this type
     */
    private static void check(Type type, List<JsonNode> nodes) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            check(
                    list.getActualTypeArguments()[0],
                    nodes.stream().flatMap(JsonNode::valueStream).toList());
        } else if (type instanceof Class<?> record && record.isRecord()) {
            Set<String> written = nodes.stream()
                    .flatMap(node -> node.propertyNames().stream())
                    .collect(Collectors.toSet());
            assertThat(written)
                    .as(record.getSimpleName())
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(record.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toList());
            for (RecordComponent component : record.getRecordComponents()) {
                check(
                        component.getGenericType(),
                        nodes.stream()
                                .filter(node -> node.has(component.getName()))
                                .map(node -> node.path(component.getName()))
                                .toList());
            }
        }
    }
}
