package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The dashboards: what they ask for, and that Grafana can place and move them. Grafana is not needed. */
class DashboardsTests {

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @Test
    void eachHasANameAndAnIdOfItsOwn() {
        assertThat(dashboards()).hasSize(4);
        for (String property : List.of("uid", "title")) {
            assertThat(dashboards())
                    .extracting(dashboard -> dashboard.json().path(property).asString())
                    .doesNotContain("")
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void asksForMetersThatThereAre(Dashboard dashboard) {
        assertThat(dashboard.queriesOfPanels()).isNotEmpty().allSatisfy(query -> Queries.check(query, query));
        assertThat(dashboard.queriesOfVariables())
                .singleElement()
                .satisfies(query -> assertThat(PromQl.of(query).selectors())
                        .isNotEmpty()
                        .allMatch(selector -> Meters.byPrometheusName().containsKey(selector.metric())));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void worksWithAnyDataSource(Dashboard dashboard) {
        assertThat(dashboard.json().path("templating").path("list").valueStream())
                .anyMatch(variable -> variable.path("type").asString().equals("datasource")
                        && variable.path("name").asString().equals("datasource"));
        assertThat(dashboard.json().findValues("datasource"))
                .filteredOn(JsonNode::isObject)
                .isNotEmpty()
                .allMatch(source -> source.path("uid").asString().equals("${datasource}"));
        assertThat(dashboard.json().path("id").isMissingNode()
                        || dashboard.json().path("id").isNull())
                .as("an id belongs to one Grafana")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelHasATitleADescriptionAndAPlaceOfItsOwn(Dashboard dashboard) {
        assertThat(dashboard.panels()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("description").asString()).isNotBlank();
            assertThat(panel.path("targets").size()).isPositive();
        });
        List<JsonNode> all = dashboard.json().path("panels").valueStream().toList();
        assertThat(all).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        Set<String> cells = all.stream().flatMap(Cells::of).collect(Collectors.toSet());
        assertThat(cells).hasSize(all.stream().mapToInt(Cells::count).sum());
    }
}
