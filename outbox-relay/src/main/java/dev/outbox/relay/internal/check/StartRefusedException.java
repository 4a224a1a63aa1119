package dev.outbox.relay.internal.check;

import java.util.List;
import java.util.stream.Collectors;

/** The relay does not start, because it could not keep its promises. */
final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    StartRefusedException(List<Finding> findings) {
        super(findings.stream().map(Finding::problem).collect(Collectors.joining(System.lineSeparator())));
        this.fix = findings.stream().map(Finding::fix).collect(Collectors.joining(System.lineSeparator()));
    }

    String fix() {
        return fix;
    }
}
