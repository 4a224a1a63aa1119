package dev.outbox.console.internal.api;

import dev.outbox.audit.AuditEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who has decided what. */
@RestController
@RequestMapping(path = "/outbox/api/audit", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {

    private final Audits audits;

    AuditController(Audits audits) {
        this.audits = audits;
    }

    /** The last decision first. */
    @GetMapping
    Page<AuditEntry> entries(
            @RequestParam(required = false) @Nullable String outbox,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(defaultValue = "50") int limit) {
        List<AuditEntry> entries = audits.named(outbox).entries(after, Page.limit(limit));
        return new Page<>(
                entries,
                entries.size() < limit
                        ? null
                        : Long.toString(entries.get(entries.size() - 1).id()));
    }
}
