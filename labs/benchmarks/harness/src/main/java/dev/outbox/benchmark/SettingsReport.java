package dev.outbox.benchmark;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Under which conditions the figures came about.
 *
 * @param options of the run
 * @param postgres settings of the server
 */
record SettingsReport(Options options, Map<String, String> postgres) {

    String text() {
        return """
                ## Settings

                - %s run, %d rounds, %d processors, Java %s
                - PostgreSQL: %s
                - Broker: one node, 4 partitions per topic; every producer acks=all, idempotent, linger.ms=0
                - Every contender: JVM of its own with a heap of 768 MB, a pool of 10 connections
                %s

                """.formatted(
                        options.quick() ? "quick" : "full",
                        options.rounds(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        postgres.entrySet().stream()
                                .map(setting -> setting.getKey() + "=" + setting.getValue())
                                .collect(Collectors.joining(", ")),
                        options.contenders().stream()
                                .map(entry -> "- `%s`: %s".formatted(entry.id(), entry.settings()))
                                .collect(Collectors.joining("\n")));
    }
}
