package dev.outbox.console.internal.api.outbox;

import dev.outbox.console.internal.targets.TargetReport;
import dev.outbox.console.internal.targets.Targets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where the events go, and whether they get there. */
@RestController
@RequestMapping(path = "/outbox/api/targets", produces = MediaType.APPLICATION_JSON_VALUE)
class TargetsController {

    private final ChosenOutbox outboxes;
    private final TargetReport report;

    TargetsController(ChosenOutbox outboxes, TargetReport report) {
        this.outboxes = outboxes;
        this.report = report;
    }

    @GetMapping
    Targets targets(@RequestParam(required = false) @Nullable String outbox) {
        return report.of(outboxes.of(outbox));
    }
}
