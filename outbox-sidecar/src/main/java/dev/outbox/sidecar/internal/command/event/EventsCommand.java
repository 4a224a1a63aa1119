package dev.outbox.sidecar.internal.command.event;

import dev.outbox.sidecar.internal.session.Answer;
import dev.outbox.sidecar.internal.session.Fields;
import dev.outbox.sidecar.internal.session.PageOptions;
import dev.outbox.sidecar.internal.session.Session;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "events", description = "Lists events, the last one first; those of the last hour if no time is named.")
public final class EventsCommand implements Runnable {

    private final Session session;

    @Option(names = "--key", paramLabel = "KEY", description = "Of one key.")
    @Nullable
    String key;

    @Option(names = "--type", paramLabel = "TYPE", description = "Of one type, such as OrderPlaced.")
    @Nullable
    String type;

    @Option(names = "--trace", paramLabel = "TRACE", description = "Of one trace: 32 hexadecimal digits.")
    @Nullable
    String trace;

    @Option(names = "--from", paramLabel = "TIME", description = "Raised at this time or later: 2026-08-01T10:00:00Z.")
    @Nullable
    Instant from;

    @Option(names = "--until", paramLabel = "TIME", description = "Raised before this time.")
    @Nullable
    Instant until;

    @Mixin
    PageOptions page = new PageOptions();

    public EventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Answer answer = session.api()
                .get(
                        "/events",
                        page.addTo(Fields.none()
                                .with("key", key)
                                .with("type", type)
                                .with("trace", trace)
                                .with("from", from)
                                .with("until", until)));
        session.show(
                answer,
                () -> PageOptions.show(
                        session.terminal(),
                        answer,
                        EventTable.of(answer.json().path("items")),
                        "There is no such event. Without --from and --until, only the last hour is searched."));
    }
}
