package dev.outbox.test;

import dev.outbox.consumer.internal.parking.InboxParking;
import dev.outbox.consumer.internal.parking.InboxParkingStore;
import dev.outbox.consumer.internal.parking.ParkedBacklog;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.InboxSelection;
import dev.outbox.consumer.parking.ParkedInboxCause;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a consumer begins to handle events: each transaction in which it does begins by asking which keys are parked.
 * Everything else goes straight to the store.
 */
final class ObservedParking implements InboxParkingStore {

    private final InboxParkingStore store;
    private final Runnable begun;

    ObservedParking(InboxParkingStore store, Runnable begun) {
        this.store = store;
        this.begun = begun;
    }

    @Override
    public Set<InboxKey> lockParked(String consumer, Collection<InboxKey> keys) {
        begun.run();
        return store.lockParked(consumer, keys);
    }

    @Override
    public void lock(InboxKey key) {
        store.lock(key);
    }

    @Override
    public void park(List<InboxParking> records) {
        store.park(records);
    }

    @Override
    public Optional<ParkedInboxEvent> first(InboxKey key) {
        return store.first(key);
    }

    @Override
    public Optional<ParkedInboxEvent> find(long id) {
        return store.find(id);
    }

    @Override
    public List<ParkedInboxEvent> events(InboxKey key, int limit) {
        return store.events(key, limit);
    }

    @Override
    public List<ParkedInboxCause> causes(int limit) {
        return store.causes(limit);
    }

    @Override
    public List<ParkedInboxKey> keys(InboxSelection selection, int limit) {
        return store.keys(selection, limit);
    }

    @Override
    public long count(InboxKey key) {
        return store.count(key);
    }

    @Override
    public ParkedBacklog backlog(String consumer) {
        return store.backlog(consumer);
    }

    @Override
    public List<InboxKey> gapsOlderThan(Duration age, int limit) {
        return store.gapsOlderThan(age, limit);
    }

    @Override
    public List<InboxKey> waiting(String consumer, @Nullable InboxKey after, int limit) {
        return store.waiting(consumer, after, limit);
    }

    @Override
    public void remove(long id) {
        store.remove(id);
    }

    @Override
    public void refuse(long id, ParkingCause cause, @Nullable String reason) {
        store.refuse(id, cause, reason);
    }

    @Override
    public void tried(long id, ParkingCause cause, String reason, int attempts) {
        store.tried(id, cause, reason, attempts);
    }

    @Override
    public boolean edit(long id, byte[] payload) {
        return store.edit(id, payload);
    }

    @Override
    public void discard(long id) {
        store.discard(id);
    }

    @Override
    public void discard(InboxKey key) {
        store.discard(key);
    }
}
