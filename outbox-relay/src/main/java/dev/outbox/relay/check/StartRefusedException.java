package dev.outbox.relay.check;

import java.util.List;
import java.util.stream.Collectors;

/** The relay does not start, for it could not keep its promises. */
final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    StartRefusedException(List<Finding> findings) {
        super(findings.stream().map(Finding::problem).collect(Collectors.joining(System.lineSeparator())));
        this.mend = findings.stream().map(Finding::mend).collect(Collectors.joining(System.lineSeparator()));
    }

    String mend() {
        return mend;
    }
}
