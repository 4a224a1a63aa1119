package dev.outbox.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dashboard, as Grafana exports it.
 *
 * @param file where it is
 * @param json its content
 */
record Dashboard(Path file, JsonNode json) {

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), *(\\w+)\\)");

    static List<Dashboard> all() {
        JsonMapper mapper = JsonMapper.builder().build();
        return Project.files("deploy/grafana", ".json").stream()
                .map(file -> new Dashboard(file, mapper.readTree(file)))
                .toList();
    }

    /** {@return its panels, without the rows that divide them} */
    List<JsonNode> panels() {
        return json.path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asString().equals("row"))
                .toList();
    }

    /** {@return all of its queries, with values for the variables in them} */
    List<String> queries() {
        return Stream.concat(queriesOfPanels().stream(), queriesOfVariables().stream())
                .toList();
    }

    List<String> queriesOfPanels() {
        return panels().stream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString())
                .map(query -> query.replace("$__rate_interval", "5m").replace("$job", ".*"))
                .toList();
    }

    /** {@return where the values of its variables come from} */
    List<String> queriesOfVariables() {
        return json.path("templating")
                .path("list")
                .valueStream()
                .filter(variable -> variable.path("type").asString().equals("query"))
                .map(variable -> labelValues(variable.path("definition").asString()))
                .toList();
    }

    private static String labelValues(String query) {
        Matcher found = LABEL_VALUES.matcher(query);
        return found.matches() ? found.group(1) : query;
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
