package dev.outbox.consumer;

import dev.outbox.consumer.parking.EventParked;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.EventListener;

/** What the application was told of parked events. */
class ToldParkings {

    private final List<EventParked> told = new CopyOnWriteArrayList<>();

    @EventListener
    void add(EventParked parking) {
        told.add(parking);
    }

    List<EventParked> of(String eventId) {
        return told.stream()
                .filter(parking -> parking.eventId().equals(eventId))
                .toList();
    }
}
