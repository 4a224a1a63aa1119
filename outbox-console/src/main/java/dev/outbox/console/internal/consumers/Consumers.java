package dev.outbox.console.internal.consumers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who consumes.
 *
 * @param answer whether anybody is behind and why, in one sentence
 * @param groups the groups that read the topics of the outbox; null if this process has no relay
 * @param inbox the consumers of the inbox of this process; null if it has none
 */
public record Consumers(
        String answer,
        @Nullable ConsumerGroups groups,
        @Nullable List<InboxConsumer> inbox) {}
