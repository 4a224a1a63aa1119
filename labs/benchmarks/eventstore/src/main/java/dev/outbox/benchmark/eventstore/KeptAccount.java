package dev.outbox.benchmark.eventstore;

import dev.outbox.benchmark.contender.EventStoreContender;
import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;
import java.util.List;
import org.jspecify.annotations.Nullable;

@EventSourced(aggregate = "KeptAccount", snapshotEvery = EventStoreContender.SNAPSHOT_EVERY)
record KeptAccount(String id, int deposits, long balance) {

    @Evolve
    static KeptAccount deposited(@Nullable KeptAccount before, KeptDeposited event) {
        return before == null
                ? new KeptAccount(event.account(), 1, event.amount())
                : new KeptAccount(before.id, before.deposits + 1, before.balance + event.amount());
    }

    static List<?> deposit(@Nullable KeptAccount account, String id, int version) {
        if ((account == null ? 0 : account.deposits) != version) {
            throw new IllegalStateException("%s has another version than %d".formatted(account, version));
        }
        return List.of(KeptDeposited.to(id));
    }
}
