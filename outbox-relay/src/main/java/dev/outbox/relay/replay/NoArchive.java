package dev.outbox.relay.replay;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.ReadBudget;
import java.util.List;
import java.util.function.Predicate;

/** Refuses, because nothing is retained where events are deleted once they are published. */
record NoArchive(DatabaseProduct product) implements OutboxArchive {

    @Override
    public void read(EventSelection selection, ReadBudget budget, Predicate<List<OutboxRow>> pages) {
        throw refusal();
    }

    @Override
    public ReplayEstimate estimate(EventSelection selection) {
        throw refusal();
    }

    private IllegalStateException refusal() {
        return new IllegalStateException(
                "On %s, events are deleted once they are published, so there is nothing to replay. A consumer can read its topic from the beginning instead."
                        .formatted(product.title()));
    }
}
