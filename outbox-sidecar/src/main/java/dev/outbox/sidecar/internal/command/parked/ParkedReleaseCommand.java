package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Consent;
import dev.outbox.sidecar.internal.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "release",
        description = "Has all parked events of keys published, in their order. Shows how many first, and asks.")
final class ParkedReleaseCommand implements Runnable {

    private final Session session;

    @Mixin
    ParkedOptions selection = new ParkedOptions();

    @Mixin
    Consent consent = new Consent();

    ParkedReleaseCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        new ParkedDecision(session, "/parked/release", "Release").take(selection, consent);
    }
}
