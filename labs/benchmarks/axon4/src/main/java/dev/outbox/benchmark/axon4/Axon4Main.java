package dev.outbox.benchmark.axon4;

import dev.outbox.benchmark.contender.ContenderMain;

/** Called by the harness. */
public final class Axon4Main {

    private Axon4Main() {}

    /** With the settings that Axon's documentation advises. */
    public static void main(String[] arguments) throws Exception {
        ContenderMain.runEventStore(Axon4EventStore::new, arguments);
    }
}
