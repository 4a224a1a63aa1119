package dev.outbox.console.internal.page.parked;

import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.api.outbox.Cursors;
import dev.outbox.console.internal.api.outbox.EventView;
import dev.outbox.console.internal.decision.ReleaseJobs;
import dev.outbox.console.internal.page.Fields;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.console.internal.page.PageViews;
import dev.outbox.console.internal.page.outbox.FramedOutboxes;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.ParkedCause;
import dev.outbox.relay.parking.ParkedCount;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.parking.ParkedKey;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What waits for a decision, why, and in which order? */
@Controller
class ParkedPages {

    private static final int KEYS = 50;
    private static final int EVENTS = 200;
    private static final int CAUSES = 20;

    private final FramedOutboxes outboxes;
    private final ReleaseJobs releases;
    private final Payloads payloads;

    ParkedPages(FramedOutboxes outboxes, ReleaseJobs releases, Payloads payloads) {
        this.outboxes = outboxes;
        this.releases = releases;
        this.payloads = payloads;
    }

    @GetMapping("/outbox/parked")
    String keys(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            KeyFilter filter,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        OutboxOperations outbox = outboxes.chosen(frame);
        ParkedEvents parked = outbox.parked();
        List<ParkedKey> keys = parked.keys(filter.selection(), Cursors.key(Fields.text(after)), KEYS);
        List<ParkedCause> causes = filter.isEmpty() && after == null ? parked.causes(CAUSES + 1) : List.of();
        model.addAttribute("filter", filter);
        model.addAttribute(
                "count", causes.isEmpty() || causes.size() > CAUSES ? parked.count(filter.selection()) : sum(causes));
        model.addAttribute("keys", keys);
        model.addAttribute("next", Cursors.afterKeys(keys, KEYS));
        model.addAttribute("isPending", keys.stream().anyMatch(ParkedKey::releasing));
        model.addAttribute("causes", causes.subList(0, Math.min(causes.size(), CAUSES)));
        model.addAttribute("topics", parked.heldTopics());
        model.addAttribute("releases", releases.running(outbox));
        return PageViews.name("parked");
    }

    /** All causes together are all that is parked, so that it need not be counted once more. */
    private static ParkedCount sum(List<ParkedCause> causes) {
        return new ParkedCount(
                causes.stream().mapToLong(ParkedCause::keys).sum(),
                causes.stream().mapToLong(ParkedCause::events).sum());
    }

    @GetMapping("/outbox/parked/key")
    String key(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @RequestParam String aggregateType,
            @RequestParam String aggregateId,
            Model model) {
        OutboxOperations outbox = outboxes.chosen(frame);
        KeyFilter filter = new KeyFilter(aggregateType, aggregateId, null);
        model.addAttribute("filter", filter);
        model.addAttribute("count", outbox.parked().count(filter.selection()));
        model.addAttribute(
                "events",
                outbox.parked().events(new AggregateRef(aggregateType, aggregateId), EVENTS).stream()
                        .map(EventView::of)
                        .toList());
        return PageViews.name("parked-key");
    }

    /** As it will be published. */
    @GetMapping("/outbox/parked/events/{id}/payload")
    String payload(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable UUID id,
            Model model) {
        model.addAttribute("id", id);
        EventEnvelope event = outboxes.chosen(frame)
                .parked()
                .event(id)
                .orElseThrow(() -> NotFoundException.notParked(id))
                .row()
                .event();
        model.addAttribute("payload", payloads.readable(event.payload(), event.headers()));
        return PageViews.name("payload");
    }
}
