package dev.outbox.relay.operations;

import java.util.List;

/** The usual case. */
record OnlyOutbox(OutboxOperations operations) implements Outboxes {

    @Override
    public List<String> names() {
        return List.of(operations.name());
    }

    @Override
    public OutboxOperations named(String name) {
        if (!name.equals(operations.name())) {
            throw UnavailableOutboxException.unknown(name, names());
        }
        return operations;
    }
}
