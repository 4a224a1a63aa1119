package dev.outbox.setup;

import org.jspecify.annotations.Nullable;
import org.springframework.core.SpringVersion;

/** The versions of Spring that the outbox works with. With an earlier one its auto-configuration would not be found. */
public final class SupportedSpring {

    private static final int FIRST = 7;

    private SupportedSpring() {}

    /**
     * Looks at the version that is on the class path; one that is not told is accepted.
     *
     * @throws OutboxSetupException if the outbox does not work with it
     */
    public static void check() {
        check(SpringVersion.getVersion());
    }

    static void check(@Nullable String version) {
        if (version != null && Integer.parseInt(version.substring(0, version.indexOf('.'))) < FIRST) {
            throw new OutboxSetupException(
                    "The outbox does not work with Spring Framework %s, which Spring Boot 3 and earlier bring"
                            .formatted(version),
                    "Use Spring Boot 4: it was built and tested with the versions in docs/compatibility.md.");
        }
    }
}
