package dev.outbox.consumer.retention;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/**
 * The inbox would forget events that a topic can still deliver, and would handle them again. The application does not start.
 */
final class ShortRetentionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    ShortRetentionException(Duration keep, Map<String, Duration> topics) {
        this(
                keep,
                topics.entrySet().stream()
                        .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                        .orElseThrow());
    }

    private ShortRetentionException(Duration keep, Map.Entry<String, Duration> longest) {
        super(
                "The inbox remembers applied events for %s (outbox.inbox.retention.keep), but topic '%s' can deliver them for %s"
                        .formatted(keep, longest.getKey(), inWords(longest.getValue())));
        this.fix = fixFor(longest.getValue());
    }

    /** {@return what to change} */
    public String fix() {
        return fix;
    }

    private static String fixFor(Duration longest) {
        String others =
                "choose outbox.inbox.guard=aggregate-sequence, which forgets nothing, if all producers count their events;"
                        + " or keep every id with outbox.inbox.retention.enabled=false.";
        return TopicRetention.UNLIMITED.equals(longest)
                ? "Limit the topic's retention.ms and cleanup.policy; or " + others
                : "Set outbox.inbox.retention.keep to more than %s, or shorten the topic's retention.ms and segment.ms; or %s"
                        .formatted(inWords(longest), others);
    }

    private static String inWords(Duration longest) {
        if (TopicRetention.UNLIMITED.equals(longest)) {
            return "ever";
        }
        return longest.toHours() < 1 ? longest.toSeconds() + "s" : longest.toHours() + "h";
    }
}
