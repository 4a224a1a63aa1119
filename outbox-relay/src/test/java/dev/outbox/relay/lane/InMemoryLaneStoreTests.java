package dev.outbox.relay.lane;

class InMemoryLaneStoreTests extends LaneStoreContract {

    private final InMemoryLaneStore store = new InMemoryLaneStore(() -> 0);

    @Override
    protected LaneStore store() {
        return store;
    }

    @Override
    protected void expire(int lane) {
        store.expire(lane);
    }
}
