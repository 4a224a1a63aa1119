package dev.outbox.benchmark.eventstore;

import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;
import java.util.List;
import org.jspecify.annotations.Nullable;

@EventSourced(aggregate = "Account")
record Account(String id, int deposits, long balance) {

    @Evolve
    static Account deposited(@Nullable Account before, Deposited event) {
        return before == null
                ? new Account(event.account(), 1, event.amount())
                : new Account(before.id, before.deposits + 1, before.balance + event.amount());
    }

    static List<?> deposit(@Nullable Account account, String id, int version) {
        if ((account == null ? 0 : account.deposits) != version) {
            throw new IllegalStateException("%s has another version than %d".formatted(account, version));
        }
        return List.of(Deposited.to(id));
    }
}
