package dev.outbox.sidecar.internal.command;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Consent;
import dev.outbox.sidecar.internal.session.Decided;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rebase", description = "Decides about positions that are not of this server. Asks first.")
final class RebaseCommand implements Runnable {

    private final Session session;

    @ArgGroup(multiplicity = "1")
    Positions positions = new Positions();

    @Mixin
    Consent consent = new Consent();

    RebaseCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Api api = session.api();
        long seen = consent.to(
                session.terminal(),
                () -> api.get("/lanes", Fields.none()).json().path("lanes").size(),
                lanes -> positions.forget
                        ? "Forget the positions of %s, and publish again all that is retained?"
                                .formatted(Words.lanes(lanes))
                        : "Keep the positions of %s, as those of this server?".formatted(Words.lanes(lanes)));
        Answer answer = api.decide(
                "/lanes/rebase",
                Fields.none()
                        .with("positions", positions.forget ? "FORGET" : "KEEP")
                        .with("seen", seen));
        session.show(answer, () -> session.terminal().print(Decided.words(answer)));
    }

    /** What becomes of them. */
    static final class Positions {

        @Option(names = "--forget", description = "After a restore: everything that is retained is published again.")
        boolean forget;

        @Option(names = "--keep", description = "After pg_upgrade: they are those of this server now.")
        boolean keep;
    }
}
