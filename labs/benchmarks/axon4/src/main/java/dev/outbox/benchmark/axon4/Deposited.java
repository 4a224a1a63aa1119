package dev.outbox.benchmark.axon4;

record Deposited(String account, long amount, String text) {}
