package dev.outbox.embedded;

import java.time.Duration;

/** How long a test waits for a signal. */
public final class Patience {

    /** So long that no load of the machine decides about a verdict; only a test that fails waits to the end of it. */
    public static final Duration LIMIT = Duration.ofMinutes(2);

    private Patience() {}
}
