package dev.outbox.consumer.retention;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a window that is too short, without a stack trace. */
final class ShortRetentionFailureAnalyzer extends AbstractFailureAnalyzer<ShortRetentionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ShortRetentionException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
