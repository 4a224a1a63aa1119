package dev.outbox.console.internal.api.outbox;

import dev.outbox.audit.AuditEntry;
import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.relay.events.LaneBacklog;
import dev.outbox.relay.lane.KnownRelay;
import dev.outbox.relay.lane.LaneHolding;
import dev.outbox.relay.operations.OutboxOperations;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who publishes, how much waits, and the decisions about positions that are not of this server. */
@RestController
@RequestMapping(path = "/outbox/api/lanes", produces = MediaType.APPLICATION_JSON_VALUE)
class LanesController {

    private static final int COUNTED = 10_000;

    private final ChosenOutbox outboxes;
    private final Decisions decisions;

    LanesController(ChosenOutbox outboxes, Decisions decisions) {
        this.outboxes = outboxes;
        this.decisions = decisions;
    }

    @GetMapping
    Lanes lanes(@RequestParam(required = false) @Nullable String outbox) {
        OutboxOperations chosen = outboxes.of(outbox);
        return new Lanes(
                chosen.lanes().lanes(), chosen.lanes().relays(), chosen.events().backlog(COUNTED));
    }

    @PostMapping(path = "/rebase", consumes = MediaType.APPLICATION_JSON_VALUE)
    AuditEntry rebase(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody Rebase request,
            Principal user) {
        OutboxOperations chosen = outboxes.of(outbox);
        Asker asker = new Asker(user.getName(), key);
        return switch (request.positions()) {
            case FORGET -> decisions.republish(chosen, asker, request.seen());
            case KEEP -> decisions.keepPositions(chosen, asker, request.seen());
        };
    }

    record Lanes(List<LaneHolding> lanes, List<KnownRelay> relays, List<LaneBacklog> backlog) {}

    /**
     * What becomes of the positions.
     *
     * @param seen how many lanes the person saw
     */
    record Rebase(Positions positions, long seen) {}

    enum Positions {
        /** After a restore: everything that is retained is published again. */
        FORGET,
        /** After pg_upgrade: they are those of this server now. */
        KEEP
    }
}
