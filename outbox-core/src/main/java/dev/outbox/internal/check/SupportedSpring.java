package dev.outbox.internal.check;

import dev.outbox.internal.setup.OutboxSetupException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.SpringVersion;

/** The Spring versions that the outbox works with. An earlier version would not find its auto-configuration. */
public final class SupportedSpring {

    private static final int FIRST = 7;

    private SupportedSpring() {}

    /**
     * Checks the version on the class path; an unknown version is accepted.
     *
     * @throws OutboxSetupException if the outbox does not work with it
     */
    public static void check() {
        check(SpringVersion.getVersion());
    }

    static void check(@Nullable String version) {
        if (version != null && Integer.parseInt(version.substring(0, version.indexOf('.'))) < FIRST) {
            throw new OutboxSetupException(
                    "The outbox does not work with Spring Framework %s, which Spring Boot 3 and earlier use"
                            .formatted(version),
                    "Use Spring Boot 4: it was built and tested with the versions in docs/compatibility.md.");
        }
    }
}
