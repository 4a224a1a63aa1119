package dev.outbox.relay.check;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What the broker says of topics. */
@FunctionalInterface
interface TopicLimits {

    /** {@return max.message.bytes of each topic, nothing for one that does not exist; without an entry if it cannot be told} */
    Map<String, OptionalLong> of(Set<String> topics);
}
