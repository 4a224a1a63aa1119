package dev.outbox.console.internal.page.parked;

import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.CountMovedException;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.console.internal.page.PageViews;
import dev.outbox.console.internal.page.outbox.FramedOutboxes;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.event.AggregateRef;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.ParkedEvent;
import dev.outbox.relay.parking.ParkedSelection;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What shall be published instead? */
@Controller
class EditPage {

    private final FramedOutboxes outboxes;
    private final Decisions decisions;
    private final Payloads payloads;

    EditPage(FramedOutboxes outboxes, Decisions decisions, Payloads payloads) {
        this.outboxes = outboxes;
        this.decisions = decisions;
        this.payloads = payloads;
    }

    @GetMapping("/outbox/parked/events/{id}/edit")
    ModelAndView ask(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable UUID id,
            RedirectAttributes attributes) {
        Optional<ParkedEvent> event = outboxes.chosen(frame).parked().event(id);
        return event.isPresent() ? form(frame, event.get(), null, null) : notParked(frame, id, attributes);
    }

    /** The edit and the release are two decisions, with a row in the audit for each. */
    @PostMapping("/outbox/parked/events/{id}/edit")
    ModelAndView edit(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable UUID id,
            @RequestParam String payload,
            @RequestParam(defaultValue = "false") boolean release,
            @RequestParam long seen,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        OutboxOperations outbox = outboxes.chosen(frame);
        Optional<ParkedEvent> found = outbox.parked().event(id);
        if (found.isEmpty()) {
            return notParked(frame, id, attributes);
        }
        ParkedEvent event = found.get();
        String text = payload.replace("\r\n", "\n");
        byte[] edited;
        try {
            edited = payloads.edited(event.row().event().payload(), text);
        } catch (IllegalArgumentException refused) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return form(frame, event, text, refused.getMessage());
        }
        decisions.edit(outbox, new Asker(user.getName(), requestKey + "-edit"), id, edited);
        if (!release) {
            attributes.addFlashAttribute(
                    "message", "The event has another payload. It is published when its key is released.");
            return toKey(frame, event);
        }
        try {
            long released = decisions
                    .release(outbox, new Asker(user.getName(), requestKey), key(event), seen)
                    .affected();
            attributes.addFlashAttribute(
                    "message",
                    "The event has another payload, and %s of its key will be published."
                            .formatted(frame.count(released, "event")));
        } catch (CountMovedException moved) {
            attributes.addFlashAttribute(
                    "message",
                    "The event has another payload. Its key is not released: it had %s when you looked, and has %d now."
                            .formatted(frame.count(moved.seen(), "event"), moved.found()));
        }
        return toKey(frame, event);
    }

    private ModelAndView form(PageFrame frame, ParkedEvent event, @Nullable String typed, @Nullable String refusal) {
        ModelAndView form = new ModelAndView(PageViews.name("edit"));
        form.addObject("event", event);
        form.addObject("shown", payloads.shown(event.row().event().payload()));
        form.addObject("typed", typed);
        form.addObject("refusal", refusal);
        form.addObject("requestKey", UUID.randomUUID().toString());
        form.addObject("count", outboxes.chosen(frame).parked().count(key(event)));
        return form;
    }

    private static ModelAndView notParked(PageFrame frame, UUID id, RedirectAttributes attributes) {
        attributes.addFlashAttribute("message", "Event %s is not parked any more.".formatted(id));
        return new ModelAndView(PageViews.redirect(frame, "/outbox/events/{id}", id));
    }

    private static ModelAndView toKey(PageFrame frame, ParkedEvent event) {
        AggregateRef key = event.key();
        return new ModelAndView(PageViews.redirect(
                frame, "/outbox/parked/key", Map.of("aggregateType", key.type(), "aggregateId", key.id())));
    }

    private static ParkedSelection key(ParkedEvent event) {
        return ParkedSelection.all()
                .ofAggregates(event.key().type())
                .ofKey(event.key().id());
    }
}
