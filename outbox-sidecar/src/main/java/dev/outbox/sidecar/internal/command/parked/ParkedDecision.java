package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Consent;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Terminal;
import dev.outbox.sidecar.internal.terminal.Words;

/** A decision about all parked events of some keys, once the person agrees to their number. */
final class ParkedDecision {

    private final Session session;
    private final String path;
    private final String verb;

    ParkedDecision(Session session, String path, String verb) {
        this.session = session;
        this.path = path;
        this.verb = verb;
    }

    Answer take(ParkedOptions selection, Consent consent) {
        Api api = session.api();
        Terminal terminal = session.terminal();
        long seen = consent.to(
                terminal,
                () -> api.get("/parked/count", selection.fields()).number("events"),
                events -> "%s %s (%s)?".formatted(verb, Words.events(events), selection));
        if (seen == 0) {
            terminal.say("Nothing of it is parked: " + selection);
        }
        Answer answer = api.decide(path, selection.fields().with("seen", seen));
        return answer;
    }
}
