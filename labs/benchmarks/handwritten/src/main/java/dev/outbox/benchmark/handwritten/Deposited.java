package dev.outbox.benchmark.handwritten;

import dev.outbox.benchmark.contender.AccountEvent;

record Deposited(String account, long amount, String text) {

    static Deposited to(String account) {
        return new Deposited(account, 1, AccountEvent.text(account));
    }
}
