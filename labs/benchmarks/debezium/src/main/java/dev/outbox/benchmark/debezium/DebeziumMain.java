package dev.outbox.benchmark.debezium;

import dev.outbox.benchmark.contender.ContenderMain;

/** Called by the harness. */
public final class DebeziumMain {

    private DebeziumMain() {}

    /** The first argument says whether with its defaults. */
    public static void main(String[] arguments) throws Exception {
        ContenderMain.run(
                settings -> settings.name().equals("debezium-our-table-relay")
                        ? new OurTable(settings)
                        : new DebeziumOutbox(settings, settings.isTuned()),
                arguments);
    }
}
