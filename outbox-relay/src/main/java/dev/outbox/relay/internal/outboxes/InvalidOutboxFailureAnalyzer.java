package dev.outbox.relay.internal.outboxes;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows which of the outboxes has to be corrected, without a stack trace. */
final class InvalidOutboxFailureAnalyzer extends AbstractFailureAnalyzer<InvalidOutboxException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidOutboxException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
