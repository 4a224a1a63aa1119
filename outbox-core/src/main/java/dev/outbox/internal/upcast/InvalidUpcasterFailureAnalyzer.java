package dev.outbox.internal.upcast;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a wrong or missing upcaster without a stack trace. */
final class InvalidUpcasterFailureAnalyzer extends AbstractFailureAnalyzer<InvalidUpcasterException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidUpcasterException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
