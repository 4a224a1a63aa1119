package dev.outbox.console.internal.api.outbox;

import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.ReplayJob;
import dev.outbox.console.internal.decision.ReplayJobs;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.replay.EventSelection;
import dev.outbox.relay.replay.ReplayEstimate;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Replays: what one would publish, and those that this process carries out. */
@RestController
@RequestMapping(path = "/outbox/api/replays", produces = MediaType.APPLICATION_JSON_VALUE)
class ReplaysController {

    private final ChosenOutbox outboxes;
    private final ReplayJobs replays;
    private final Clock clock;

    ReplaysController(ChosenOutbox outboxes, ReplayJobs replays, Clock clock) {
        this.outboxes = outboxes;
        this.replays = replays;
        this.clock = clock;
    }

    /** Publishes nothing. The end of the answer belongs into the request that follows, so that no later event is counted. */
    @PostMapping(path = "/estimate", consumes = MediaType.APPLICATION_JSON_VALUE)
    Estimate estimate(@RequestParam(required = false) @Nullable String outbox, @RequestBody Replayed request) {
        Instant until = request.until() == null ? clock.instant() : request.until();
        ReplayEstimate estimate =
                outboxes.of(outbox).replay().estimate(request.selection().until(until));
        return new Estimate(estimate.events(), estimate.bytes(), estimate.topics(), until);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReplayJob start(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody Replayed request,
            Principal user) {
        OutboxOperations chosen = outboxes.of(outbox);
        return replays.start(
                        chosen,
                        new Asker(user.getName(), key),
                        request.selection(),
                        request.topic(),
                        request.rate(),
                        request.required())
                .orElseThrow(() -> new NotFoundException(
                        "This request was carried out before, by another process or too long ago to say what it did"));
    }

    @GetMapping
    List<ReplayJob> all(@RequestParam(required = false) @Nullable String outbox) {
        return replays.of(outboxes.of(outbox).name());
    }

    @GetMapping("/{id}")
    ReplayJob one(@RequestParam(required = false) @Nullable String outbox, @PathVariable long id) {
        return replays.find(outboxes.of(outbox).name(), id).orElseThrow(() -> NotFoundException.notReplayed(id));
    }

    @PostMapping(path = "/{id}/stop", consumes = MediaType.APPLICATION_JSON_VALUE)
    ReplayJob stop(@RequestParam(required = false) @Nullable String outbox, @PathVariable long id) {
        return replays.stop(outboxes.of(outbox).name(), id).orElseThrow(() -> NotFoundException.notReplayed(id));
    }

    /**
     * Which events, and how they are published.
     *
     * @param eventsPerSecond null or 0 means no limit
     * @param seen how many events the estimate counted; null in a request for an estimate
     */
    record Replayed(
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String aggregateType,
            @Nullable String aggregateId,
            @Nullable String type,
            @Nullable String topic,
            @Nullable Integer eventsPerSecond,
            @Nullable Long seen) {

        int rate() {
            return eventsPerSecond == null ? 0 : eventsPerSecond;
        }

        long required() {
            if (seen == null) {
                throw new IllegalArgumentException(
                        "Say in 'seen' how many events the estimate has counted, so that no others are published");
            }
            return seen;
        }

        EventSelection selection() {
            return new EventSelection(from, until, aggregateType, aggregateId, type);
        }
    }

    record Estimate(long events, long bytes, List<String> topics, Instant until) {}
}
