package dev.outbox.benchmark;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Under which conditions the figures came about.
 *
 * @param options of the run
 * @param databases settings of their servers
 */
record SettingsReport(Options options, List<String> databases) {

    String text() {
        return """
                ## Settings

                - %s run, %d rounds, %d processors, Java %s
                - %s
                - Broker: one node, 4 partitions per topic; every producer acks=all, idempotent, linger.ms=0
                - Every contender: JVM of its own with a heap of 768 MB, a pool of 10 connections
                %s

                """.formatted(
                        options.quick() ? "quick" : "full",
                        options.rounds(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        String.join("\n- ", databases),
                        options.contenders().stream()
                                .map(entry -> "- `%s`: %s".formatted(entry.id(), entry.settings()))
                                .collect(Collectors.joining("\n")));
    }
}
