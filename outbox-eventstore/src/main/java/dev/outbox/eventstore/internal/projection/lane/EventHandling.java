package dev.outbox.eventstore.internal.projection.lane;

import dev.outbox.eventstore.internal.projection.log.LogEvent;
import dev.outbox.eventstore.internal.projection.store.LaneRow;
import dev.outbox.internal.transaction.EventsRefused;
import java.util.List;
import java.util.UUID;

/** Hands the events of a page to the handlers, in order. */
public final class EventHandling {

    private EventHandling() {}

    /**
     * {@return how many events were passed over by decision; the transaction must save that the page is handled}
     *
     * @throws EventFailedException at the first event that cannot be handled
     */
    public static int of(String projection, List<LogEvent> events, LaneRow row, EventSink sink) {
        Counter skipped = new Counter();
        EventsRefused.during("projection '%s'".formatted(projection), () -> {
            for (LogEvent event : events) {
                if (event.event().id().equals(row.skip())) {
                    skipped.count++;
                } else {
                    handle(event, sink);
                }
            }
        });
        return skipped.count;
    }

    /** {@return whether the event is on the page at which the lane has stopped} */
    public static boolean passes(List<LogEvent> events, LaneRow row) {
        UUID failed = row.failed();
        return failed != null
                && events.stream().anyMatch(event -> event.event().id().equals(failed));
    }

    private static void handle(LogEvent event, EventSink sink) {
        try {
            sink.handle(event);
        } catch (RuntimeException failed) {
            throw new EventFailedException(event, failed);
        }
    }

    private static final class Counter {

        private int count;
    }
}
