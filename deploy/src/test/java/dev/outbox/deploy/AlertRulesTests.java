package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alerts: what they ask for, where they lead, and what is tested of them. Prometheus is not needed. */
class AlertRulesTests {

    private static final Pattern RUNBOOK = Pattern.compile("https://outbox\\.example\\.org/docs/operations\\.md#(.+)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    static List<AlertRule> rules() {
        return AlertRule.all();
    }

    @Test
    void eachHasANameOfItsOwn() {
        assertThat(rules()).extracting(AlertRule::alert).hasSizeGreaterThan(11).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void asksForMetersThatThereAre(AlertRule rule) {
        Queries.check(rule.alert(), rule.expr());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void saysHowUrgentItIsAndWhatIsTheMatter(AlertRule rule) {
        assertThat(rule.labels()).extractingByKey("severity").isIn("critical", "warning");
        assertThat(rule.annotations()).containsOnlyKeys("summary", "runbook_url");
        assertThat(rule.annotations().get("summary")).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void leadsToItsSectionOfTheRunbook(AlertRule rule) {
        Matcher url = RUNBOOK.matcher(String.valueOf(rule.annotations().get("runbook_url")));
        assertThat(url.matches()).as(rule.annotations().get("runbook_url")).isTrue();
        assertThat(url.group(1)).isEqualTo(rule.alert().toLowerCase(Locale.ROOT));
        assertThat(headings()).contains(rule.alert());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isShownToFireAndToResolve(AlertRule rule) {
        assertThat(AlertCase.all()).anyMatch(shown -> shown.showsThatItFiresAndResolves(rule.alert()));
    }

    @Test
    void theRunbookHasNoSectionOfAnAlertThatIsNotThere() {
        Set<String> alerts = Set.copyOf(rules().stream().map(AlertRule::alert).toList());
        assertThat(headings())
                .filteredOn(heading -> heading.matches("Outbox[A-Z]\\w+"))
                .allMatch(alerts::contains);
    }

    private static List<String> headings() {
        return HEADING.matcher(Project.read("docs/operations.md"))
                .results()
                .map(heading -> heading.group(1))
                .toList();
    }
}
