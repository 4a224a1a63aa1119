package dev.outbox.sidecar;

/** Prints a payload, and says what is not as it seems. */
final class ShownPayload {

    private final Session session;

    ShownPayload(Session session) {
        this.session = session;
    }

    void show(String path) {
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
