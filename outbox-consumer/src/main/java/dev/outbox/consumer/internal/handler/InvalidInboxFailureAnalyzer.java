package dev.outbox.consumer.internal.handler;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a wrong handler or setting without a stack trace. */
final class InvalidInboxFailureAnalyzer extends AbstractFailureAnalyzer<InvalidInboxException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidInboxException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
