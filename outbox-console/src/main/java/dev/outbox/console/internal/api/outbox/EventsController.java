package dev.outbox.console.internal.api.outbox;

import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.api.Page;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.console.internal.payload.ShownPayload;
import dev.outbox.console.internal.trail.EventTrail;
import dev.outbox.console.internal.trail.EventTrails;
import dev.outbox.relay.events.EventSearch;
import dev.outbox.relay.events.StoredEvent;
import dev.outbox.relay.operations.OutboxOperations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events of the outbox, published or not. */
@RestController
@RequestMapping(path = "/outbox/api/events", produces = MediaType.APPLICATION_JSON_VALUE)
class EventsController {

    private static final Duration LATELY = Duration.ofHours(1);

    private final ChosenOutbox outboxes;
    private final EventTrails trails;
    private final Payloads payloads;
    private final Clock clock;

    EventsController(ChosenOutbox outboxes, EventTrails trails, Payloads payloads, Clock clock) {
        this.outboxes = outboxes;
        this.trails = trails;
        this.payloads = payloads;
        this.clock = clock;
    }

    /** The last one first; those of the last hour if no time is named. */
    @GetMapping
    Page<EventView> find(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String trace,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        Instant end = until == null ? clock.instant().plus(LATELY) : until;
        Instant begin = from == null ? (until == null ? clock.instant() : until).minus(LATELY) : from;
        List<StoredEvent> events = outboxes.of(outbox)
                .events()
                .find(new EventSearch(begin, end, null, key, type, trace, Cursors.event(after)), Page.limit(limit));
        return new Page<>(events.stream().map(EventView::of).toList(), Cursors.afterEvents(events, limit));
    }

    @GetMapping("/{id}")
    EventView event(@RequestParam(required = false) @Nullable String outbox, @PathVariable UUID id) {
        return EventView.of(stored(outbox, id));
    }

    /** Why it has not arrived. */
    @GetMapping("/{id}/trail")
    EventTrail trail(@RequestParam(required = false) @Nullable String outbox, @PathVariable UUID id) {
        OutboxOperations chosen = outboxes.of(outbox);
        return trails.follow(chosen, chosen.events().find(id));
    }

    @GetMapping("/{id}/payload")
    ShownPayload payload(@RequestParam(required = false) @Nullable String outbox, @PathVariable UUID id) {
        return payloads.shown(stored(outbox, id).row().event().payload());
    }

    private StoredEvent stored(@Nullable String outbox, UUID id) {
        return outboxes.of(outbox).events().find(id).orElseThrow(() -> NotFoundException.notStored(id));
    }
}
