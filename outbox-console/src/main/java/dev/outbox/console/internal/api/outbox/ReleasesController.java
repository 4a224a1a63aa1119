package dev.outbox.console.internal.api.outbox;

import dev.outbox.audit.AuditEntry;
import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.decision.ReleaseJob;
import dev.outbox.console.internal.decision.ReleaseJobs;
import dev.outbox.relay.operations.OutboxOperations;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Releases that were asked for: how far they have come, and their end. */
@RestController
@RequestMapping(path = "/outbox/api/parked/releases", produces = MediaType.APPLICATION_JSON_VALUE)
class ReleasesController {

    private final ChosenOutbox outboxes;
    private final Decisions decisions;
    private final ReleaseJobs releases;

    ReleasesController(ChosenOutbox outboxes, Decisions decisions, ReleaseJobs releases) {
        this.outboxes = outboxes;
        this.decisions = decisions;
        this.releases = releases;
    }

    /** Those that have not ended, the last one first. */
    @GetMapping
    List<ReleaseJob> all(@RequestParam(required = false) @Nullable String outbox) {
        return releases.running(outboxes.of(outbox));
    }

    @GetMapping("/{id}")
    ReleaseJob one(@RequestParam(required = false) @Nullable String outbox, @PathVariable long id) {
        return found(outboxes.of(outbox), id);
    }

    /** What is on its way to Kafka is still published; the rest stays parked. */
    @PostMapping(path = "/{id}/stop", consumes = MediaType.APPLICATION_JSON_VALUE)
    AuditEntry stop(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @PathVariable long id,
            Principal user) {
        OutboxOperations chosen = outboxes.of(outbox);
        return decisions.stop(
                chosen, new Asker(user.getName(), key), found(chosen, id).id());
    }

    private ReleaseJob found(OutboxOperations outbox, long id) {
        return releases.find(outbox, id).orElseThrow(() -> NotFoundException.notReleased(id));
    }
}
