package dev.outbox.benchmark.axon5;

import org.axonframework.modelling.annotation.TargetEntityId;

record Deposit(@TargetEntityId String account, int version) {}
