package dev.outbox.console.internal.targets;

import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.HeldTopic;
import java.util.Set;
import java.util.TreeSet;

/** The topics of an outbox, as far as its tables say. */
public final class OutboxTopics {

    private OutboxTopics() {}

    /** {@return those of the latest events, and those that cannot be written to} */
    public static Set<String> of(OutboxOperations outbox) {
        Set<String> topics = new TreeSet<>(outbox.events().topics());
        outbox.parked().heldTopics().stream().map(HeldTopic::topic).forEach(topics::add);
        return topics;
    }
}
