package dev.outbox.sidecar.internal.command.event;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;

/** Prints a payload, and says what is not as it seems. */
public final class ShownPayload {

    private final Session session;

    public ShownPayload(Session session) {
        this.session = session;
    }

    public void show(String path) {
        Answer answer = session.api().get(path, Fields.none());
        session.show(answer, () -> {
            session.terminal().print(answer.text("text"));
            if (answer.json().path("masked").asBoolean(false)) {
                session.terminal().say("Parts of it are hidden, so this is not the payload.");
            }
            if (answer.json().path("base64").asBoolean(false)) {
                session.terminal().say("It is not text; this is its Base64.");
            }
        });
    }
}
