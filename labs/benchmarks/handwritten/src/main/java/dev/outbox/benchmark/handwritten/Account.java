package dev.outbox.benchmark.handwritten;

import org.jspecify.annotations.Nullable;

/** A state that is made of events. */
record Account(String id, int deposits, long balance) {

    static Account deposited(@Nullable Account before, Deposited event) {
        return before == null
                ? new Account(event.account(), 1, event.amount())
                : new Account(before.id, before.deposits + 1, before.balance + event.amount());
    }
}
