package dev.outbox.relay.rebase;

import dev.outbox.internal.setup.DatabaseProduct;

/** Refuses, because lanes have no position where events are deleted once they are published. */
record NoPositions(DatabaseProduct product) implements LaneRebase {

    @Override
    public int republish() {
        throw refusal();
    }

    @Override
    public int keep() {
        throw refusal();
    }

    private IllegalStateException refusal() {
        return new IllegalStateException(
                "On %s, lanes have no positions: whatever is in outbox_event is published, on any server. Nothing has to be done after a restore."
                        .formatted(product.title()));
    }
}
