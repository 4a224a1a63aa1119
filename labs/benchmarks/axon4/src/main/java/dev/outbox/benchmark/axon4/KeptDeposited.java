package dev.outbox.benchmark.axon4;

record KeptDeposited(String account, long amount, String text) {}
