package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Fields;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which keys with parked events; all of them if nothing is said. */
final class ParkedOptions {

    @Option(
            names = "--aggregate-type",
            paramLabel = "TYPE",
            description = "Keys of one kind of aggregate, such as Order.")
    @Nullable
    String aggregateType;

    @Option(names = "--key", paramLabel = "KEY", description = "One key.")
    @Nullable
    String key;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Keys whose first event is parked for a reason that contains this text.")
    @Nullable
    String reason;

    Fields fields() {
        return Fields.none()
                .with("aggregateType", aggregateType)
                .with("aggregateId", key)
                .with("reason", reason);
    }

    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(", ").setEmptyValue("all parked keys");
        add(words, "aggregate type ", aggregateType);
        add(words, "key ", key);
        add(words, "reason contains ", reason);
        return words.toString();
    }

    private static void add(StringJoiner words, String name, @Nullable String value) {
        if (value != null) {
            words.add(name + value);
        }
    }
}
