package dev.outbox.internal.format;

import dev.outbox.format.InvalidFormatException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a wrong or missing format without a stack trace. */
final class InvalidFormatFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFormatException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidFormatException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.fix(), cause);
    }
}
