package dev.outbox.console.internal.api;

import dev.outbox.console.internal.consumers.ConsumerReport;
import dev.outbox.console.internal.consumers.Consumers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who consumes, how far behind each is, and what keeps it back. */
@RestController
@RequestMapping(path = "/outbox/api/consumers", produces = MediaType.APPLICATION_JSON_VALUE)
class ConsumersController {

    private final ConsumerReport report;

    ConsumersController(ConsumerReport report) {
        this.report = report;
    }

    @GetMapping
    Consumers consumers(@RequestParam(required = false) @Nullable String outbox) {
        return report.of(outbox);
    }
}
