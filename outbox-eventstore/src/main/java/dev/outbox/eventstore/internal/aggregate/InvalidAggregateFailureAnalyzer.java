package dev.outbox.eventstore.internal.aggregate;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a wrong declaration without a stack trace. */
final class InvalidAggregateFailureAnalyzer extends AbstractFailureAnalyzer<InvalidAggregateException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidAggregateException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
