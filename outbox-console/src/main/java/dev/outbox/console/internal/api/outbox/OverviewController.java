package dev.outbox.console.internal.api.outbox;

import dev.outbox.console.internal.overview.Overview;
import dev.outbox.console.internal.overview.Overviews;
import dev.outbox.relay.operations.Outboxes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether anything is late, since when, and why. */
@RestController
@RequestMapping(path = "/outbox/api", produces = MediaType.APPLICATION_JSON_VALUE)
class OverviewController {

    private final Outboxes all;
    private final ChosenOutbox outboxes;
    private final Overviews overviews;

    OverviewController(Outboxes all, ChosenOutbox outboxes, Overviews overviews) {
        this.all = all;
        this.outboxes = outboxes;
        this.overviews = overviews;
    }

    @GetMapping("/outboxes")
    List<String> names() {
        return all.names();
    }

    @GetMapping("/overview")
    Overview overview(@RequestParam(required = false) @Nullable String outbox) {
        return overviews.of(outboxes.of(outbox));
    }
}
