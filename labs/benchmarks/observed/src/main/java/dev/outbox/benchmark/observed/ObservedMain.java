package dev.outbox.benchmark.observed;

import dev.outbox.benchmark.outbox.OutboxMain;

/** The same service as {@link OutboxMain}'s; the class path makes the difference. */
public final class ObservedMain {

    private ObservedMain() {}

    /** Called by the harness. */
    public static void main(String[] arguments) throws Exception {
        OutboxMain.main(arguments);
    }
}
