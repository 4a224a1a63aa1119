package dev.outbox.internal.domain;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a wrong declaration without a stack trace. */
final class InvalidDomainEventFailureAnalyzer extends AbstractFailureAnalyzer<InvalidDomainEventException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidDomainEventException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
