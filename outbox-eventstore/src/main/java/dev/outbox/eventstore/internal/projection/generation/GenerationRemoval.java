package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.eventstore.internal.projection.store.LaneSwap;

/** Removes what was built of a generation, in the transaction of its caller, which has locked the projection. Thread-safe. */
record GenerationRemoval(GenerationStores stores, LaneSwap lanes) {

    /** A pass that is under way ends first. */
    void remove(Generation generation, GenerationState because) {
        lanes.lock(generation.ref());
        lanes.remove(generation.ref());
        stores.tables().drop(generation.schema());
        stores.generations().set(generation.ref(), because);
    }
}
