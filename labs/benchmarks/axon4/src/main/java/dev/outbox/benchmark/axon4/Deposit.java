package dev.outbox.benchmark.axon4;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

record Deposit(@TargetAggregateIdentifier String account, int version) {}
