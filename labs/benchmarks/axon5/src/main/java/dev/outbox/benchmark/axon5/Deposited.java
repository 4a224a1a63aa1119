package dev.outbox.benchmark.axon5;

import org.axonframework.eventsourcing.annotation.EventTag;

record Deposited(@EventTag(key = "Account") String account, long amount, String text) {}
