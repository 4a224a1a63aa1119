package dev.outbox.console.internal.api.inbox;

import dev.outbox.audit.AuditEntry;
import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.api.Page;
import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.InboxDecisions;
import dev.outbox.console.internal.decision.InboxRelease;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.console.internal.payload.ShownPayload;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.InboxSelection;
import dev.outbox.consumer.parking.ParkedInboxCause;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import java.security.Principal;
import java.util.List;
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

/** What the inbox of this service has parked, and the decisions about it. */
@RestController
@RequestMapping(path = "/outbox/api/inbox/parked", produces = MediaType.APPLICATION_JSON_VALUE)
class InboxParkedController {

    private static final int CAUSES = 100;

    private final InboxDecisions decisions;
    private final Payloads payloads;

    InboxParkedController(InboxDecisions decisions, Payloads payloads) {
        this.decisions = decisions;
        this.payloads = payloads;
    }

    /** The keys, the one that was parked first comes first. */
    @GetMapping
    List<ParkedInboxKey> keys(
            @RequestParam(required = false) @Nullable String consumer,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable ParkingCause cause,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(defaultValue = "50") int limit) {
        return decisions.parked().keys(new InboxSelection(consumer, key, cause, reason), Page.limit(limit));
    }

    /** Why keys are parked, what has lasted longest comes first. */
    @GetMapping("/causes")
    List<ParkedInboxCause> causes() {
        return decisions.parked().causes(CAUSES);
    }

    /** The events of a key, in the order of their release. */
    @GetMapping("/events")
    List<InboxEventView> events(
            @RequestParam String consumer,
            @RequestParam String topic,
            @RequestParam String key,
            @RequestParam(defaultValue = "50") int limit) {
        return decisions.parked().events(new InboxKey(consumer, topic, key), Page.limit(limit)).stream()
                .map(InboxEventView::of)
                .toList();
    }

    /** One event with its failure. */
    @GetMapping("/events/{id}")
    InboxEventView event(@PathVariable long id) {
        return InboxEventView.of(parked(id));
    }

    /** The payload of a parked event, as it will be handled. */
    @GetMapping("/events/{id}/payload")
    ShownPayload payload(@PathVariable long id) {
        return payloads.shown(InboxEventView.payload(parked(id)));
    }

    /** The events of the key are handled, in order, when the answer comes. */
    @PostMapping(path = "/release", consumes = MediaType.APPLICATION_JSON_VALUE)
    InboxRelease release(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String requestKey,
            @RequestBody SelectedKey request,
            Principal user) {
        return decisions.release(new Asker(user.getName(), requestKey), request.inboxKey(), request.seen());
    }

    @PostMapping(path = "/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    AuditEntry discard(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String requestKey,
            @RequestBody SelectedKey request,
            Principal user) {
        return decisions.discard(new Asker(user.getName(), requestKey), request.inboxKey(), request.seen());
    }

    @PostMapping(path = "/events/{id}/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    AuditEntry discard(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String requestKey,
            @PathVariable long id,
            Principal user) {
        return decisions.discard(new Asker(user.getName(), requestKey), id);
    }

    private ParkedInboxEvent parked(long id) {
        return decisions.parked().event(id).orElseThrow(() -> NotFoundException.notInInbox(id));
    }

    /**
     * A key, as the list names it, and how many events the person saw.
     *
     * @param seen the number of its events in the list
     */
    record SelectedKey(
            @Nullable String consumer,
            @Nullable String topic,
            @Nullable String key,
            long seen) {

        InboxKey inboxKey() {
            if (consumer == null || topic == null || key == null) {
                throw new IllegalArgumentException("Say which key, by its 'consumer', 'topic' and 'key'");
            }
            return new InboxKey(consumer, topic, key);
        }
    }
}
