package dev.outbox.embedded;

import java.time.Duration;

/** How long a test waits for a signal. */
public final class Patience {

    /**
     * So long that no load of the machine decides about a verdict; only a test that fails waits to the end of it. Where many
     * are meant to fail, the system property {@code outbox.test.patience} makes it shorter, in seconds.
     */
    public static final Duration LIMIT = Duration.ofSeconds(Long.getLong("outbox.test.patience", 120));

    private Patience() {}
}
