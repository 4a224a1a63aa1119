package dev.outbox.internal.datasource;

import dev.outbox.internal.setup.OutboxSetupException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a wrong setup without a stack trace. */
final class OutboxSetupFailureAnalyzer extends AbstractFailureAnalyzer<OutboxSetupException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OutboxSetupException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
