package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.deploy.Selector.Matcher;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the other tests rely on to find names. */
class PromQlTests {

    @Test
    void namesLabelsAndFunctionsAreToldApart() {
        PromQl found = PromQl.of("""
                sum without (instance) (rate(a_total{kind=~"x|y}", job!="b"}[$__rate_interval] offset 5m))
                  / on (job) group_left (team) max by (job) (c_seconds) > bool 2e3
                  or absent(last_over_time(d[1d])) unless (e and vector(1))
                """);
        assertThat(found.selectors())
                .containsExactly(
                        new Selector(
                                "a_total",
                                List.of(new Matcher("kind", "=~", "x|y}"), new Matcher("job", "!=", "b")),
                                List.of("sum", "rate")),
                        new Selector("c_seconds", List.of(), List.of("max")),
                        new Selector("d", List.of(), List.of("absent", "last_over_time")),
                        new Selector("e", List.of(), List.of()));
        assertThat(found.labels()).containsExactlyInAnyOrder("instance", "kind", "job", "team");
    }

    @Test
    void aNameMayStandInTheBraces() {
        assertThat(PromQl.of("label_values({__name__=~\"a|b\", job=\"c\"}, job)")
                        .selectors())
                .extracting(Selector::metric)
                .startsWith("a", "b");
    }

    @Test
    void aSelectorSelectsByItsLabels() {
        Selector selector =
                PromQl.of("a{x=\"1\", y!=\"2\", z=~\"3|4\"}").selectors().get(0);
        assertThat(selector.selects("a", Map.of("x", "1", "z", "4"))).isTrue();
        assertThat(selector.selects("a", Map.of("x", "1", "y", "2", "z", "4"))).isFalse();
        assertThat(selector.selects("a", Map.of("x", "1", "z", "5"))).isFalse();
        assertThat(selector.selects("b", Map.of("x", "1", "z", "4"))).isFalse();
    }
}
