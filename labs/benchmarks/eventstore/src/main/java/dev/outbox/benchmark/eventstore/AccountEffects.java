package dev.outbox.benchmark.eventstore;

import dev.outbox.benchmark.contender.Effects;
import dev.outbox.eventstore.projection.Projection;
import dev.outbox.eventstore.projection.ProjectionHandler;

@Projection(name = AccountEffects.NAME, tables = "effect")
record AccountEffects(Effects effects) {

    static final String NAME = "effects";

    @ProjectionHandler
    void add(Deposited event) {
        effects.add(event.account(), Long.toString(event.amount()));
    }
}
