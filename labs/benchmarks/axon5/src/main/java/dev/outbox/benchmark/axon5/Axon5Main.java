package dev.outbox.benchmark.axon5;

import dev.outbox.benchmark.contender.ContenderMain;

/** Called by the harness. */
public final class Axon5Main {

    private Axon5Main() {}

    /** With the settings that Axon's documentation advises. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("axoniq.update-checker.disabled", "true");
        ContenderMain.runEventStore(Axon5EventStore::new, arguments);
    }
}
