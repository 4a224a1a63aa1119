package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Api;
import dev.outbox.sidecar.internal.session.Consent;
import dev.outbox.sidecar.internal.session.Decided;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "discard-topic",
        description = "Has all events that wait for a topic never published. Shows how many first, and asks.")
final class ParkedDiscardTopicCommand implements Runnable {

    private final Session session;

    @Parameters(paramLabel = "TOPIC", description = "A topic that cannot be written to.")
    @Nullable
    String topic;

    @Mixin
    Consent consent = new Consent();

    ParkedDiscardTopicCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Api api = session.api();
        String name = String.valueOf(topic);
        long seen = consent.to(
                session.terminal(),
                () -> waiting(api, name),
                events -> "Discard %s that wait for topic %s?".formatted(Words.events(events), name));
        Answer answer = api.decide(
                "/parked/topics/%s/discard".formatted(Fields.encoded(name)),
                Fields.none().with("seen", seen));
        session.show(answer, () -> session.terminal().print(Decided.words(answer)));
    }

    private static long waiting(Api api, String name) {
        return api.get("/parked/topics", Fields.none())
                .json()
                .valueStream()
                .filter(held -> Answer.text(held, "topic").equals(name))
                .mapToLong(held -> held.path("events").asLong(0))
                .sum();
    }
}
