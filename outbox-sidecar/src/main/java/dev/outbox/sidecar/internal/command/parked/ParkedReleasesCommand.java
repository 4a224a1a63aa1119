package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.JobList;
import dev.outbox.sidecar.internal.session.Session;
import picocli.CommandLine.Command;

@Command(name = "releases", description = "Lists the releases that have not ended, the last one first.")
final class ParkedReleasesCommand implements Runnable {

    private final Session session;

    ParkedReleasesCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        new JobList("/parked/releases", "subject", "No release is running.").show(session);
    }
}
