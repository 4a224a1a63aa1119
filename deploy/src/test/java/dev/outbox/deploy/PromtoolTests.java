package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Alerts and queries as Prometheus itself understands them. */
class PromtoolTests {

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

    private static String path(Path file) {
        return file.toString();
    }
}
