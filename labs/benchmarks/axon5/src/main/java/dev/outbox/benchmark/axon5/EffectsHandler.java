package dev.outbox.benchmark.axon5;

import dev.outbox.benchmark.contender.Effects;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** One insert for each event. */
record EffectsHandler(Effects effects) {

    static final String PROCESSOR = "effects";

    @EventHandler
    void add(Deposited event) {
        effects.add(event.account(), Long.toString(event.amount()));
    }
}
