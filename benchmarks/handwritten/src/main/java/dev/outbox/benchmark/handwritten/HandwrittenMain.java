package dev.outbox.benchmark.handwritten;

import dev.outbox.benchmark.contender.ContenderMain;

/** Runs the contender that the first argument names; the other arguments are its settings. */
public final class HandwrittenMain {

    private HandwrittenMain() {}

    /** Called by the harness. */
    public static void main(String[] arguments) throws Exception {
        ContenderMain.run(
                settings -> switch (settings.name()) {
                    case "handwritten-pipelined" ->
                        new HandwrittenOutbox(
                                settings, (table, running) -> new PipelinedLoop(table, new Topic(settings), running));
                    case "handwritten-100ms" ->
                        new HandwrittenOutbox(
                                settings, (table, running) -> new PausingLoop(table, new Topic(settings), running));
                    case "producer-alone" -> new ProducerAlone(settings);
                    default -> throw new IllegalArgumentException(settings.name());
                },
                arguments);
    }
}
