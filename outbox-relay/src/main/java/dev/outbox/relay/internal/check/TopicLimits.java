package dev.outbox.relay.internal.check;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What the broker says about topics. */
@FunctionalInterface
interface TopicLimits {

    /**
     * {@return max.message.bytes of each topic, empty for one that does not exist; without an entry if it cannot be
     * determined}
     */
    Map<String, OptionalLong> of(Set<String> topics);
}
