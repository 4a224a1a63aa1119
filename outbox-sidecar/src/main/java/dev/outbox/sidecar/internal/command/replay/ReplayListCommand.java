package dev.outbox.sidecar.internal.command.replay;

import dev.outbox.sidecar.internal.session.JobList;
import dev.outbox.sidecar.internal.session.Session;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Lists the replays of the sidecar since it started, the last one first.")
final class ReplayListCommand implements Runnable {

    private final Session session;

    ReplayListCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        new JobList("/replays", "message", "The sidecar has replayed nothing since it started.").show(session);
    }
}
