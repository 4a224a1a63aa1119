package dev.outbox.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What promtool checks with one set of series. */
record AlertCase(String name, List<Expectation> alertRuleTest) {

    static List<Path> files() {
        return Project.files("deploy/prometheus/tests", ".yaml");
    }

    static List<AlertCase> all() {
        YAMLMapper mapper = YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        return files().stream()
                .flatMap(file -> mapper.readValue(file, Cases.class).tests().stream())
                .toList();
    }

    /** {@return whether the alert fires here, and later does not} */
    boolean showsThatItFiresAndResolves(String alert) {
        return alertRuleTest.stream()
                .filter(Expectation.of(alert, true))
                .map(Expectation::time)
                .anyMatch(fired -> alertRuleTest.stream()
                        .filter(Expectation.of(alert, false))
                        .anyMatch(quiet -> quiet.time().compareTo(fired) > 0));
    }

    record Cases(List<AlertCase> tests) {}

    record Expectation(String alertname, String evalTime, List<Map<String, Object>> expAlerts) {

        static Predicate<Expectation> of(String alert, boolean fires) {
            return expected ->
                    expected.alertname().equals(alert) && expected.expAlerts().isEmpty() != fires;
        }

        Duration time() {
            return Duration.parse("PT" + evalTime.toUpperCase(Locale.ROOT));
        }
    }
}
