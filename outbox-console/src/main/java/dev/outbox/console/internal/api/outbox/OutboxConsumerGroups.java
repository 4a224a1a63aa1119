package dev.outbox.console.internal.api.outbox;

import dev.outbox.console.internal.consumers.ConsumerGroup;
import dev.outbox.console.internal.consumers.ConsumerGroups;
import dev.outbox.console.internal.targets.OutboxTopics;
import dev.outbox.relay.broker.BrokerUnavailableException;
import dev.outbox.relay.operations.OutboxOperations;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks Kafka, as the relay of the outbox does. */
record OutboxConsumerGroups(ChosenOutbox outboxes) implements ConsumerGroups.Lookup {

    @Override
    public ConsumerGroups of(@Nullable String outbox) {
        OutboxOperations chosen = outboxes.of(outbox);
        Set<String> topics = OutboxTopics.of(chosen);
        try {
            return new ConsumerGroups(
                    List.copyOf(topics),
                    chosen.records().lags(topics).stream()
                            .map(lag -> new ConsumerGroup(
                                    lag.group(), lag.topic(), lag.partitions(), lag.lag(), lag.members()))
                            .toList(),
                    null);
        } catch (BrokerUnavailableException unavailable) {
            return new ConsumerGroups(List.copyOf(topics), List.of(), unavailable.getMessage());
        }
    }
}
