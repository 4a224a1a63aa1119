package dev.outbox.relay.replay;

import java.util.List;

/**
 * What a replay would publish if it began now.
 *
 * @param events how many events
 * @param bytes size of their payloads together
 * @param topics their topics, by name
 * @since 0.1.0
 */
public record ReplayEstimate(long events, long bytes, List<String> topics) {

    /** Keeps an unmodifiable copy. */
    public ReplayEstimate {
        topics = List.copyOf(topics);
    }
}
