package dev.outbox.relay.internal.lease;

class InMemoryLaneStoreTests extends LaneStoreContract {

    private final InMemoryLaneStore store = new InMemoryLaneStore(() -> 0);

    @Override
    protected LaneStore store() {
        return store;
    }

    @Override
    protected void expire(Lane lane) {
        store.expire(lane);
    }
}
