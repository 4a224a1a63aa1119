package dev.outbox.benchmark.handwritten;

import dev.outbox.benchmark.contender.ContenderMain;
import dev.outbox.benchmark.contender.Settings;

/** Runs the contender that the first argument names; the other arguments are its settings. */
public final class HandwrittenMain {

    private HandwrittenMain() {}

    /** Called by the harness. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].startsWith("eventstore-")) {
            ContenderMain.runEventStore(
                    settings -> new HandwrittenEventStore(settings, arguments[0].endsWith("-xmin")), arguments);
        }
        ContenderMain.run(
                settings -> switch (settings.name()) {
                    case "handwritten-pipelined" ->
                        new HandwrittenOutbox(
                                settings, (table, running) -> new PipelinedLoop(table, cloudEvents(settings), running));
                    case "handwritten-bare" ->
                        new HandwrittenOutbox(
                                settings, (table, running) -> new PipelinedLoop(table, bareRecords(settings), running));
                    case "handwritten-100ms" ->
                        new HandwrittenOutbox(
                                settings, (table, running) -> new PausingLoop(table, cloudEvents(settings), running));
                    case "producer-alone" -> new ProducerAlone(settings);
                    default -> throw new IllegalArgumentException(settings.name());
                },
                arguments);
    }

    private static Topic cloudEvents(Settings settings) {
        return new Topic(settings, row -> row.cloudEvent(settings.topic()));
    }

    private static Topic bareRecords(Settings settings) {
        return new Topic(settings, row -> row.bare(settings.topic()));
    }
}
