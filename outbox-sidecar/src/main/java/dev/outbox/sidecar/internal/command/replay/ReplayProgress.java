package dev.outbox.sidecar.internal.command.replay;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Progress;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.CommandFailure;
import dev.outbox.sidecar.internal.terminal.ExitCode;
import dev.outbox.sidecar.internal.terminal.Pause;
import dev.outbox.sidecar.internal.terminal.Terminal;
import dev.outbox.sidecar.internal.terminal.Words;

/** Looks on while a replay goes on. The sidecar carries it out, so it goes on if nobody looks. */
final class ReplayProgress {

    private final Session session;
    private final Terminal terminal;
    private final Api api;
    private final Pause pause;

    ReplayProgress(Session session, Api api, Pause pause) {
        this.session = session;
        this.terminal = session.terminal();
        this.api = api;
        this.pause = pause;
    }

    void printStarted(Answer started) {
        terminal.print("Replay %d of %s is running. To stop it: outbox replay stop %1$d"
                .formatted(started.number("id"), Words.events(started.number("seen"))));
    }

    /**
     * @throws CommandFailure if it ends early
     */
    void untilEnd(Answer started) {
        long id = started.number("id");
        if (!session.json()) {
            printStarted(started);
        }
        Progress progress =
                new Progress(session, pause, "Replay %d goes on. To stop it: outbox replay stop %1$d".formatted(id));
        Answer ended = progress.untilEnd(
                api, "/replays/" + id, started, job -> job.text("state").equals("RUNNING"));
        session.show(
                ended,
                () -> terminal.print("Replay %d: %s, %s published again."
                        .formatted(id, Words.constant(ended.text("state")), Words.events(ended.number("published")))));
        if (!ended.text("state").equals("COMPLETED")) {
            String why = ended.text("message");
            throw new CommandFailure(ExitCode.REFUSED, why.isEmpty() ? "The replay was stopped." : why);
        }
    }
}
