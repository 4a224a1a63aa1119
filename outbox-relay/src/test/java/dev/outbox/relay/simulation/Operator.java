package dev.outbox.relay.simulation;

import dev.outbox.event.AggregateRef;

/** A person who looks at what is parked now and then, and decides; once all is well, releases all of it. */
final class Operator {

    private static final long LOOKS_WITHIN = 800;
    private static final long LOOKS_AT_THE_END_WITHIN = 100;

    private final World world;
    private final ModelParkingStore parked;

    Operator(World world, ModelParkingStore parked) {
        this.world = world;
        this.parked = parked;
    }

    void start() {
        if (world.plan().parks()) {
            lookLater();
        }
    }

    private void lookLater() {
        world.after(world.between(0, world.faultsAreOver() ? LOOKS_AT_THE_END_WITHIN : LOOKS_WITHIN), this::look);
    }

    private void look() {
        if (!world.faultsAreOver() && world.random().nextInt(4) == 0) {
            parked.releasing().forEach(parked::stop);
        }
        parked.undecided().forEach(this::decide);
        if (!world.faultsAreOver() && world.random().nextInt(8) == 0) {
            parked.heldTopics().forEach(parked::discardHeld);
        }
        lookLater();
    }

    private void decide(AggregateRef aggregate) {
        if (world.faultsAreOver()) {
            parked.release(aggregate);
            return;
        }
        switch (world.random().nextInt(8)) {
            case 0 -> parked.discard(aggregate);
            case 1 -> parked.discardFirst(aggregate);
            case 2, 3, 4 -> parked.release(aggregate);
            default -> {}
        }
    }
}
