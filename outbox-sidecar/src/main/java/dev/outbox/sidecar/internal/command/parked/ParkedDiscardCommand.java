package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Consent;
import dev.outbox.sidecar.internal.session.Decided;
import dev.outbox.sidecar.internal.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "discard",
        description = "Has all parked events of keys never published. Shows how many first, and asks.")
final class ParkedDiscardCommand implements Runnable {

    private final Session session;

    @Mixin
    ParkedOptions selection = new ParkedOptions();

    @Mixin
    Consent consent = new Consent();

    ParkedDiscardCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = new ParkedDecision(session, "/parked/discard", "Discard").take(selection, consent);
        session.show(answer, () -> session.terminal().print(Decided.words(answer)));
    }
}
