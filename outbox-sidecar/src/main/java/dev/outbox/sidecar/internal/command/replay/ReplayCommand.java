package dev.outbox.sidecar.internal.command.replay;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Consent;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Pause;
import dev.outbox.sidecar.internal.terminal.Words;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * A replay: counts, asks, starts it, and looks on until it ends. What was counted and what is published have the same end, so that
 * events that are raised meanwhile are in neither.
 */
@Command(
        name = "replay",
        description =
                "Publishes again what is published and retained. Shows how much first, and asks. Ctrl-C leaves it running.")
public final class ReplayCommand implements Runnable {

    private final Session session;
    private final Pause pause;

    @Mixin
    ReplayOptions options = new ReplayOptions();

    @Option(
            names = "--dry-run",
            description = "Say how many events, bytes and topics it would be, and publish nothing.")
    boolean dryRun;

    @Option(names = "--detach", description = "Start it, and do not wait for its end.")
    boolean detach;

    @Mixin
    Consent consent = new Consent();

    ReplayCommand(Session session, Pause pause) {
        this.session = session;
        this.pause = pause;
    }

    /** {@return the command, with those that are below it} */
    public static CommandLine of(Session session, Pause pause) {
        return new CommandLine(new ReplayCommand(session, pause))
                .addSubcommand(new ReplayListCommand(session))
                .addSubcommand(new ReplayStopCommand(session));
    }

    @Override
    public void run() {
        Api api = session.api();
        if (dryRun) {
            Answer estimate = estimate(api);
            session.show(estimate, () -> session.terminal().print(words(estimate)));
            return;
        }
        Fields request = agreed(api);
        Answer started = api.decide("/replays", request);
        ReplayProgress progress = new ReplayProgress(session, api, pause);
        if (detach) {
            session.show(started, () -> progress.printStarted(started));
        } else {
            progress.untilEnd(started);
        }
    }

    private Fields agreed(Api api) {
        if (consent.seen() != null) {
            return options.fields(options.until).with("seen", consent.seen());
        }
        Answer estimate = estimate(api);
        long seen = consent.to(
                session.terminal(),
                () -> estimate.number("events"),
                events -> "Publish again %s?".formatted(words(estimate)));
        return options.fields(estimate.text("until")).with("seen", seen);
    }

    private Answer estimate(Api api) {
        return api.ask("/replays/estimate", options.fields(options.until));
    }

    private static String words(Answer estimate) {
        return "%s, %d bytes, raised before %s, of topics: %s"
                .formatted(
                        Words.events(estimate.number("events")),
                        estimate.number("bytes"),
                        estimate.text("until"),
                        estimate.json()
                                .path("topics")
                                .valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.joining(", ")));
    }
}
