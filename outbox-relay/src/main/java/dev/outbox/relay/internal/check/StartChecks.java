package dev.outbox.relay.internal.check;

import dev.outbox.relay.internal.check.CheckProperties.UnsafeSettings;
import dev.outbox.relay.internal.check.Finding.Severity;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Runs all checks, after the check of the tables and before the relay starts. */
final class StartChecks implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(StartChecks.class);

    private final List<StartCheck> checks;
    private final UnsafeSettings unsafeSettings;

    StartChecks(List<StartCheck> checks, UnsafeSettings unsafeSettings) {
        this.checks = List.copyOf(checks);
        this.unsafeSettings = unsafeSettings;
    }

    /**
     * @throws StartRefusedException if there is a finding with which the relay must not start
     */
    @Override
    public void afterSingletonsInstantiated() {
        List<Finding> findings =
                checks.stream().flatMap(check -> check.findings().stream()).toList();
        List<Finding> refused = findings.stream().filter(this::isRefused).toList();
        if (!refused.isEmpty()) {
            throw new StartRefusedException(refused);
        }
        findings.stream()
                .filter(this::isReported)
                .forEach(finding -> log.warn("{} {}", finding.problem(), finding.fix()));
    }

    private boolean isRefused(Finding finding) {
        return finding.severity() == Severity.FATAL
                || (finding.severity() == Severity.UNSAFE && unsafeSettings == UnsafeSettings.REFUSE);
    }

    private boolean isReported(Finding finding) {
        return finding.severity() != Severity.UNSAFE || unsafeSettings != UnsafeSettings.IGNORE;
    }
}
