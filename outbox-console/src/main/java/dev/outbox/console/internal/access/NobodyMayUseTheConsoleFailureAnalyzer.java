package dev.outbox.console.internal.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to let somebody in. */
final class NobodyMayUseTheConsoleFailureAnalyzer extends AbstractFailureAnalyzer<NobodyMayUseTheConsoleException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, NobodyMayUseTheConsoleException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set outbox.console.users.<name>.password to an encoded password, such as {bcrypt}$2a$10$..., and"
                        + " outbox.console.users.<name>.roles to some of viewer, payload, operator, admin, auditor; or configure an"
                        + " OpenID Connect provider by spring.security.oauth2.client.*; or set outbox.console.enabled=false.",
                cause);
    }
}
