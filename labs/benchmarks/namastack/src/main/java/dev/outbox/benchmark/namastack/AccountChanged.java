package dev.outbox.benchmark.namastack;

import dev.outbox.benchmark.contender.BenchmarkEvent;

record AccountChanged(String key, String mark, String text) {

    static AccountChanged of(BenchmarkEvent event) {
        return new AccountChanged(event.key(), event.mark(), event.text());
    }
}
