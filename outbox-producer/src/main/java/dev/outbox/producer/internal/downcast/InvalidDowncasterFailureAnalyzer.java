package dev.outbox.producer.internal.downcast;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a wrong or missing downcaster without a stack trace. */
final class InvalidDowncasterFailureAnalyzer extends AbstractFailureAnalyzer<InvalidDowncasterException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidDowncasterException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
