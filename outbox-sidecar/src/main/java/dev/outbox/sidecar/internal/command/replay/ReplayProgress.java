package dev.outbox.sidecar.internal.command.replay;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.CommandFailure;
import dev.outbox.sidecar.internal.terminal.ExitCode;
import dev.outbox.sidecar.internal.terminal.Terminal;
import dev.outbox.sidecar.internal.terminal.Words;

/** Looks on while a replay goes on. The sidecar carries it out, so it goes on if nobody looks. */
final class ReplayProgress {

    private static final int WIDTH = 30;

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
        Thread onLeaving = new Thread(() -> leave(id), "outbox-leave");
        Runtime.getRuntime().addShutdownHook(onLeaving);
        Answer ended;
        try {
            if (!session.json()) {
                printStarted(started);
            }
            ended = followed(started, id);
        } finally {
            Runtime.getRuntime().removeShutdownHook(onLeaving);
        }
        session.show(
                ended,
                () -> terminal.print("Replay %d: %s, %s published again."
                        .formatted(id, Words.constant(ended.text("state")), Words.events(ended.number("published")))));
        if (!ended.text("state").equals("COMPLETED")) {
            String why = ended.text("message");
            throw new CommandFailure(ExitCode.REFUSED, why.isEmpty() ? "The replay was stopped." : why);
        }
    }

    private Answer followed(Answer started, long id) {
        Answer job = started;
        long shown = -1;
        try {
            while (job.text("state").equals("RUNNING")) {
                shown = shown(job, shown);
                pause.pass();
                job = api.get("/replays/" + id, Fields.none());
            }
            shown(job, shown);
            return job;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave(id);
            throw new CommandFailure(ExitCode.REFUSED, "Interrupted", e);
        } finally {
            if (isDrawn()) {
                terminal.progressEnded();
            }
        }
    }

    private long shown(Answer job, long before) {
        long published = job.number("published");
        long all = job.number("seen");
        if (isDrawn()) {
            long percent = all == 0 ? 100 : Math.min(100, published * 100 / all);
            String done = "#".repeat((int) percent * WIDTH / 100);
            terminal.progress("[%s%s] %3d %%, %d of %s"
                    .formatted(done, ".".repeat(WIDTH - done.length()), percent, published, Words.events(all)));
        } else if (!session.json() && published != before) {
            terminal.print("%d of %s".formatted(published, Words.events(all)));
        }
        return published;
    }

    private boolean isDrawn() {
        return terminal.isInteractive() && !session.json();
    }

    private void leave(long id) {
        terminal.say("%nReplay %d goes on. To stop it: outbox replay stop %1$d".formatted(id));
    }
}
