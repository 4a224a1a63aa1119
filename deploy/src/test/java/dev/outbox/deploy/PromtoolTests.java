package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Alerts and queries as Prometheus itself understands them. */
class PromtoolTests {

    private static final Pattern CONFIGURATION = Pattern.compile("(?s)```yaml\n(rule_files:.*?)```");

    private final Promtool promtool = Promtool.required();

    @Test
    void theAlertsAreValid() throws Exception {
        promtool.run("check", "rules", "--lint=all", "--lint-fatal", path(Project.file(AlertRule.FILE)));
    }

    @Test
    void theAlertsFireAndResolve() throws Exception {
        assertThat(AlertCase.files()).isNotEmpty();
        for (Path cases : AlertCase.files()) {
            promtool.run("test", "rules", path(cases));
        }
    }

    @Test
    void theConfigurationOfTheRunbookIsValid(@TempDir Path folder) throws Exception {
        Matcher shown = CONFIGURATION.matcher(Project.read("docs/operations.md"));
        assertThat(shown.find()).isTrue();
        Path configuration = Files.writeString(folder.resolve("prometheus.yaml"), shown.group(1));
        promtool.run("check", "config", "--syntax-only", path(configuration));
    }

    /** As the expressions of recording rules, because not every version checks an expression alone. */
    @Test
    void theQueriesOfTheDashboardsAreValid(@TempDir Path folder) throws Exception {
        for (Dashboard dashboard : Dashboard.all()) {
            promtool.run("check", "rules", path(recording(dashboard.queries(), folder.resolve(dashboard + ".yaml"))));
        }
    }

    private static Path recording(List<String> queries, Path file) throws IOException {
        List<Map<String, String>> rules = IntStream.range(0, queries.size())
                .mapToObj(i -> Map.of("record", "query_" + i, "expr", queries.get(i)))
                .toList();
        Object groups = Map.of("groups", List.of(Map.of("name", "queries", "rules", rules)));
        return Files.writeString(file, YAMLMapper.builder().build().writeValueAsString(groups));
    }

    private static String path(Path file) {
        return file.toString();
    }
}
