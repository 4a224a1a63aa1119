package dev.outbox.benchmark.axon4;

import dev.outbox.benchmark.contender.Effects;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/** One insert for each event. */
@ProcessingGroup(EffectsHandler.PROCESSOR)
record EffectsHandler(Effects effects) {

    static final String PROCESSOR = "effects";

    @EventHandler
    void add(Deposited event) {
        effects.add(event.account(), Long.toString(event.amount()));
    }

    @ResetHandler
    void reset() {
        effects.clear();
    }
}
