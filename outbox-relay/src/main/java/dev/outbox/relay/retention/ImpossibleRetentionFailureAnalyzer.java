package dev.outbox.relay.retention;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows how to fix the time for which events are kept, without a stack trace. */
final class ImpossibleRetentionFailureAnalyzer extends AbstractFailureAnalyzer<ImpossibleRetentionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ImpossibleRetentionException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
