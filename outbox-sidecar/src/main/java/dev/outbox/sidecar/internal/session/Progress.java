package dev.outbox.sidecar.internal.session;

import dev.outbox.sidecar.internal.terminal.CommandFailure;
import dev.outbox.sidecar.internal.terminal.ExitCode;
import dev.outbox.sidecar.internal.terminal.Pause;
import dev.outbox.sidecar.internal.terminal.Terminal;
import dev.outbox.sidecar.internal.terminal.Words;
import java.util.function.Predicate;

/**
 * Looks on while the server carries something out, which goes on if nobody looks: with a bar at a terminal, else with a line
 * whenever something was published.
 */
public final class Progress {

    private static final int WIDTH = 30;

    private final Session session;
    private final Terminal terminal;
    private final Pause pause;
    private final String onLeaving;

    /**
     * @param onLeaving what is said if the command ends first
     */
    public Progress(Session session, Pause pause, String onLeaving) {
        this.session = session;
        this.terminal = session.terminal();
        this.pause = pause;
        this.onLeaving = onLeaving;
    }

    /**
     * Looks until it ends.
     *
     * @param path where the job is
     * @param isRunning whether it goes on
     * @return the job at its end
     */
    public Answer untilEnd(Api api, String path, Answer started, Predicate<Answer> isRunning) {
        Thread leaving = new Thread(this::leave, "outbox-leave");
        Runtime.getRuntime().addShutdownHook(leaving);
        try {
            return followed(api, path, started, isRunning);
        } finally {
            Runtime.getRuntime().removeShutdownHook(leaving);
        }
    }

    private Answer followed(Api api, String path, Answer started, Predicate<Answer> isRunning) {
        Answer job = started;
        long shown = -1;
        try {
            while (isRunning.test(job)) {
                shown = shown(job, shown);
                pause.pass();
                job = api.get(path, Fields.none());
            }
            shown(job, shown);
            return job;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave();
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

    private void leave() {
        terminal.say("\n" + onLeaving);
    }
}
