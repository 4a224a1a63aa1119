package dev.outbox.console.internal.page.outbox;

import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.api.outbox.Cursors;
import dev.outbox.console.internal.api.outbox.EventView;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.console.internal.page.PageViews;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.console.internal.trail.EventTrails;
import dev.outbox.relay.events.StoredEvent;
import dev.outbox.relay.operations.OutboxOperations;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Why has it not arrived? */
@Controller
class EventPages {

    private static final int EVENTS = 50;

    private static final Pattern ID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private final FramedOutboxes outboxes;
    private final EventTrails trails;
    private final Payloads payloads;

    EventPages(FramedOutboxes outboxes, EventTrails trails, Payloads payloads) {
        this.outboxes = outboxes;
        this.trails = trails;
        this.payloads = payloads;
    }

    /** An id goes to its event. */
    @GetMapping("/outbox/events")
    ModelAndView find(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            EventFilter filter,
            @RequestParam(required = false) @Nullable String after) {
        String id = filter.id();
        if (id != null) {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("'%s' is not the id of an event, which is a UUID".formatted(id));
            }
            return new ModelAndView(PageViews.redirect(frame, "/outbox/events/{id}", UUID.fromString(id)));
        }
        List<StoredEvent> events =
                outboxes.chosen(frame).events().find(filter.search(frame.now(), Cursors.event(after)), EVENTS);
        ModelAndView page = new ModelAndView(PageViews.name("events"));
        page.addObject("filter", filter);
        page.addObject("events", events.stream().map(EventView::of).toList());
        page.addObject("next", Cursors.afterEvents(events, EVENTS));
        return page;
    }

    /** An event that the outbox does not have has a trail as well: it was not committed, or is published and removed. */
    @GetMapping("/outbox/events/{id}")
    String event(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable UUID id,
            Model model) {
        OutboxOperations outbox = outboxes.chosen(frame);
        model.addAttribute("id", id);
        Optional<StoredEvent> stored = outbox.events().find(id);
        model.addAttribute("trail", trails.follow(outbox, stored));
        stored.map(EventView::of).ifPresent(event -> model.addAttribute("event", event));
        return PageViews.name("event");
    }

    /** As it is in the outbox. */
    @GetMapping("/outbox/events/{id}/payload")
    String payload(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable UUID id,
            Model model) {
        model.addAttribute("id", id);
        StoredEvent stored =
                outboxes.chosen(frame).events().find(id).orElseThrow(() -> NotFoundException.notStored(id));
        model.addAttribute(
                "payload",
                payloads.readable(
                        stored.row().event().payload(), stored.row().event().headers()));
        return PageViews.name("payload");
    }
}
