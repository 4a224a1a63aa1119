package dev.outbox.relay.internal.tail;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why the relay cannot tail. */
final class TailUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<TailUnavailableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TailUnavailableException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
