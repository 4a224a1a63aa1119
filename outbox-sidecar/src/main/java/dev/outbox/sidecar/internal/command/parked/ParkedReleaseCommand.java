package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Consent;
import dev.outbox.sidecar.internal.session.Decided;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Progress;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.CommandFailure;
import dev.outbox.sidecar.internal.terminal.ExitCode;
import dev.outbox.sidecar.internal.terminal.Pause;
import dev.outbox.sidecar.internal.terminal.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "release",
        description = "Has all parked events of keys published, in their order. Shows how many first, and asks.")
final class ParkedReleaseCommand implements Runnable {

    private final Session session;
    private final Pause pause;

    @Mixin
    ParkedOptions selection = new ParkedOptions();

    @Mixin
    Consent consent = new Consent();

    @Option(names = "--wait", description = "Look on until it has ended. Ctrl-C leaves it running.")
    boolean wait;

    ParkedReleaseCommand(Session session, Pause pause) {
        this.session = session;
        this.pause = pause;
    }

    @Override
    public void run() {
        Answer answer = new ParkedDecision(session, "/parked/release", "Release").take(selection, consent);
        if (!wait) {
            session.show(answer, () -> session.terminal().print(Decided.words(answer)));
            return;
        }
        if (!session.json()) {
            session.terminal().print(Decided.words(answer));
        }
        untilEnd(session.api(), answer.number("id"));
    }

    private void untilEnd(Api api, long id) {
        String path = "/parked/releases/" + id;
        Progress progress =
                new Progress(session, pause, "Release %d goes on. To stop it: outbox parked stop %1$d".formatted(id));
        Answer ended = progress.untilEnd(
                api,
                path,
                api.get(path, Fields.none()),
                job -> !job.text("state").equals("ENDED"));
        long kept = ended.number("kept");
        session.show(
                ended,
                () -> session.terminal()
                        .print("Release %d has ended: %s published, %d not."
                                .formatted(id, Words.events(ended.number("published")), kept)));
        if (kept > 0) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "%s of it not published: refused again, stopped, or waiting for a topic. See: outbox parked list"
                            .formatted(Words.events(kept)));
        }
    }
}
