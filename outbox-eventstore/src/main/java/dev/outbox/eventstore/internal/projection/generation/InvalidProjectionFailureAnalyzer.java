package dev.outbox.eventstore.internal.projection.generation;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a wrong projection without a stack trace. */
final class InvalidProjectionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidProjectionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidProjectionException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
