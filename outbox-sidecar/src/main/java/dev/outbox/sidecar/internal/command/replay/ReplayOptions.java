package dev.outbox.sidecar.internal.command.replay;

import dev.outbox.sidecar.internal.session.Fields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events are published again, and how; all that are retained if nothing is said. */
final class ReplayOptions {

    @Option(names = "--from", paramLabel = "TIME", description = "Raised at this time or later: 2026-08-01T10:00:00Z.")
    @Nullable
    Instant from;

    @Option(names = "--until", paramLabel = "TIME", description = "Raised before this time. Default: now.")
    @Nullable
    Instant until;

    @Option(names = "--aggregate-type", paramLabel = "TYPE", description = "Of one kind of aggregate, such as Order.")
    @Nullable
    String aggregateType;

    @Option(names = "--key", paramLabel = "KEY", description = "Of one key.")
    @Nullable
    String key;

    @Option(names = "--type", paramLabel = "TYPE", description = "Of one type, such as OrderPlaced.")
    @Nullable
    String type;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "To this topic. Default: to their own.")
    @Nullable
    String topic;

    @Option(names = "--rate", paramLabel = "N", description = "At most so many events a second. Default: no limit.")
    @Nullable
    Integer rate;

    Fields fields(@Nullable Object end) {
        return Fields.none()
                .with("from", from)
                .with("until", end)
                .with("aggregateType", aggregateType)
                .with("aggregateId", key)
                .with("type", type)
                .with("topic", topic)
                .with("eventsPerSecond", rate);
    }
}
