package dev.outbox.relay.internal.check;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what is looked at before the relay starts.
 *
 * @param unsafeSettings what to do if the database server can lose what was published, because fsync or full_page_writes is
 *     off: refuse to start, warn, or ignore it
 * @param topics topics that must exist at start; the topics that the application declares and those of the latest events
 *     are checked, too, but only cause a warning
 * @param timeout how long to wait for Kafka's answer about topics, if any are known; without an answer, the relay starts
 *     anyway
 */
@ConfigurationProperties("outbox.relay.check")
public record CheckProperties(
        @DefaultValue("warn") UnsafeSettings unsafeSettings,
        @DefaultValue Set<String> topics,
        @DefaultValue("5s") Duration timeout) {

    /**
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public CheckProperties {
        topics = Set.copyOf(topics);
        if (timeout.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("outbox.relay.check.timeout is not positive: " + timeout);
        }
    }

    /** What to do about settings of the server with which it can lose what was published. */
    public enum UnsafeSettings {
        /** The relay does not start. */
        REFUSE,
        /** The log says so. */
        WARN,
        /** Nothing, for instance on a server for tests. */
        IGNORE
    }
}
