package dev.outbox.consumer.internal.parking;

import java.util.List;

/** How much of each consumer is parked, in all stores; called outside of any transaction. Thread-safe. */
@FunctionalInterface
public interface ParkedBacklogs {

    /** {@return how much of a consumer is parked} */
    ParkedBacklog of(String consumer);

    /** {@return what is parked in all of these together} */
    static ParkedBacklogs in(List<InboxParkingStore> stores) {
        return consumer ->
                stores.stream().map(store -> store.backlog(consumer)).reduce(ParkedBacklog.NONE, ParkedBacklog::plus);
    }
}
