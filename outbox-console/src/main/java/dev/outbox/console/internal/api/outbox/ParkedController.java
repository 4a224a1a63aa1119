package dev.outbox.console.internal.api.outbox;

import dev.outbox.audit.AuditEntry;
import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.api.Page;
import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.console.internal.payload.ShownPayload;
import dev.outbox.event.AggregateRef;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.HeldTopic;
import dev.outbox.relay.parking.ParkedCount;
import dev.outbox.relay.parking.ParkedEvent;
import dev.outbox.relay.parking.ParkedKey;
import dev.outbox.relay.parking.ParkedSelection;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Parked events, and the decisions about them. */
@RestController
@RequestMapping(path = "/outbox/api/parked", produces = MediaType.APPLICATION_JSON_VALUE)
class ParkedController {

    private final ChosenOutbox outboxes;
    private final Decisions decisions;
    private final Payloads payloads;

    ParkedController(ChosenOutbox outboxes, Decisions decisions, Payloads payloads) {
        this.outboxes = outboxes;
        this.decisions = decisions;
        this.payloads = payloads;
    }

    /** The keys, the one that was parked first comes first. */
    @GetMapping
    Page<ParkedKey> keys(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestParam(required = false) @Nullable String aggregateType,
            @RequestParam(required = false) @Nullable String aggregateId,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        List<ParkedKey> keys = outboxes.of(outbox)
                .parked()
                .keys(new ParkedSelection(aggregateType, aggregateId, reason), Cursors.key(after), Page.limit(limit));
        return new Page<>(keys, Cursors.afterKeys(keys, limit));
    }

    /** How much a decision about these keys would be about. */
    @GetMapping("/count")
    ParkedCount count(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestParam(required = false) @Nullable String aggregateType,
            @RequestParam(required = false) @Nullable String aggregateId,
            @RequestParam(required = false) @Nullable String reason) {
        return outboxes.of(outbox).parked().count(new ParkedSelection(aggregateType, aggregateId, reason));
    }

    /** The events of a key, in the order of their release. */
    @GetMapping("/events")
    List<EventView> events(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestParam String aggregateType,
            @RequestParam String aggregateId,
            @RequestParam(defaultValue = "50") int limit) {
        return outboxes
                .of(outbox)
                .parked()
                .events(new AggregateRef(aggregateType, aggregateId), Page.limit(limit))
                .stream()
                .map(EventView::of)
                .toList();
    }

    /** The payload of a parked event, as it will be published. */
    @GetMapping("/events/{id}/payload")
    ShownPayload payload(@RequestParam(required = false) @Nullable String outbox, @PathVariable UUID id) {
        ParkedEvent event = outboxes.of(outbox).parked().event(id).orElseThrow(() -> NotFoundException.notParked(id));
        return payloads.shown(event.row().event().payload());
    }

    /** Topics that cannot be written to. */
    @GetMapping("/topics")
    List<HeldTopic> topics(@RequestParam(required = false) @Nullable String outbox) {
        return outboxes.of(outbox).parked().heldTopics();
    }

    @PostMapping(path = "/release", consumes = MediaType.APPLICATION_JSON_VALUE)
    AuditEntry release(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody SelectedKeys request,
            Principal user) {
        return decisions.release(
                outboxes.of(outbox), new Asker(user.getName(), key), request.selection(), request.seen());
    }

    @PostMapping(path = "/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    AuditEntry discard(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody SelectedKeys request,
            Principal user) {
        return decisions.discard(
                outboxes.of(outbox), new Asker(user.getName(), key), request.selection(), request.seen());
    }

    @PostMapping(path = "/events/{id}/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    AuditEntry discard(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @PathVariable UUID id,
            Principal user) {
        return decisions.discard(outboxes.of(outbox), new Asker(user.getName(), key), id);
    }

    /** Replaces the payload; a release of the key is another request. */
    @PostMapping(path = "/events/{id}/edit", consumes = MediaType.APPLICATION_JSON_VALUE)
    AuditEntry edit(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @PathVariable UUID id,
            @RequestBody EditedPayload request,
            Principal user) {
        OutboxOperations chosen = outboxes.of(outbox);
        ParkedEvent event = chosen.parked().event(id).orElseThrow(() -> NotFoundException.notParked(id));
        byte[] payload = payloads.edited(event.row().event().payload(), request.payload());
        return decisions.edit(chosen, new Asker(user.getName(), key), id, payload);
    }

    @PostMapping(path = "/topics/{topic}/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    AuditEntry discardHeld(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @PathVariable String topic,
            @RequestBody SeenEvents request,
            Principal user) {
        return decisions.discardHeld(outboxes.of(outbox), new Asker(user.getName(), key), topic, request.seen());
    }

    /**
     * Some keys, and how many events the person saw.
     *
     * @param seen the number of events in the count of the same selection
     */
    record SelectedKeys(
            @Nullable String aggregateType,
            @Nullable String aggregateId,
            @Nullable String reason,
            long seen) {

        ParkedSelection selection() {
            return new ParkedSelection(aggregateType, aggregateId, reason);
        }
    }

    /** How many events the person saw. */
    record SeenEvents(long seen) {}

    /** The new payload, as text. */
    record EditedPayload(String payload) {}
}
