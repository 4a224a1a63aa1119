package dev.outbox.console.internal.page.parked;

import dev.outbox.audit.AuditEntry;
import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.page.Confirmation;
import dev.outbox.console.internal.page.ConfirmedDecision;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.console.internal.page.outbox.FramedOutboxes;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.HeldTopic;
import dev.outbox.relay.parking.ParkedCount;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Release and discard: a page that asks, with the number of events, and the decision about exactly that number. */
@Controller
class ParkedDecisions {

    private final FramedOutboxes outboxes;
    private final Decisions decisions;

    ParkedDecisions(FramedOutboxes outboxes, Decisions decisions) {
        this.outboxes = outboxes;
        this.decisions = decisions;
    }

    @GetMapping("/outbox/parked/release")
    String askRelease(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame, KeyFilter filter, Model model) {
        return ConfirmedDecision.asking(model, release(frame, filter));
    }

    @PostMapping("/outbox/parked/release")
    ModelAndView release(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            KeyFilter filter,
            @RequestParam long seen,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        return decided(
                frame,
                () -> decisions.release(
                        outboxes.chosen(frame), new Asker(user.getName(), requestKey), filter.selection(), seen),
                "%s will be published, in order. The relay that owns the lane does it now.",
                () -> release(frame, filter),
                attributes,
                response);
    }

    @GetMapping("/outbox/parked/discard")
    String askDiscard(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame, KeyFilter filter, Model model) {
        return ConfirmedDecision.asking(model, discard(frame, filter));
    }

    @PostMapping("/outbox/parked/discard")
    ModelAndView discard(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            KeyFilter filter,
            @RequestParam long seen,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        return decided(
                frame,
                () -> decisions.discard(
                        outboxes.chosen(frame), new Asker(user.getName(), requestKey), filter.selection(), seen),
                "%s will never be published.",
                () -> discard(frame, filter),
                attributes,
                response);
    }

    @GetMapping("/outbox/parked/events/{id}/discard")
    String askDiscard(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable UUID id,
            Model model) {
        return ConfirmedDecision.asking(model, discard(id));
    }

    @PostMapping("/outbox/parked/events/{id}/discard")
    ModelAndView discard(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable UUID id,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        return decided(
                frame,
                () -> decisions.discard(outboxes.chosen(frame), new Asker(user.getName(), requestKey), id),
                "%s will never be published. Those behind it stay parked until they are released.",
                () -> discard(id),
                attributes,
                response);
    }

    @GetMapping("/outbox/parked/topics/{topic}/discard")
    String askDiscardHeld(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable String topic,
            Model model) {
        return ConfirmedDecision.asking(model, discardHeld(frame, topic));
    }

    @PostMapping("/outbox/parked/topics/{topic}/discard")
    ModelAndView discardHeld(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable String topic,
            @RequestParam long seen,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        return decided(
                frame,
                () -> decisions.discardHeld(outboxes.chosen(frame), new Asker(user.getName(), requestKey), topic, seen),
                "%s will never be published.",
                () -> discardHeld(frame, topic),
                attributes,
                response);
    }

    private static ModelAndView decided(
            PageFrame frame,
            Supplier<AuditEntry> decision,
            String message,
            Supplier<Confirmation> again,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        Supplier<String> said =
                () -> message.formatted(frame.count(decision.get().affected(), "event"));
        return new ConfirmedDecision(frame, "/outbox/parked", said, again).carryOut(attributes, response);
    }

    private Confirmation release(PageFrame frame, KeyFilter filter) {
        ParkedCount count = outboxes.chosen(frame).parked().count(filter.selection());
        return Confirmation.of(
                        "Release",
                        "Publish %s of %s?"
                                .formatted(frame.count(count.events(), "event"), frame.count(count.keys(), "key")),
                        "They are published in order, together with those parked after them until then. One that is refused again stays parked, with all after it.",
                        "/outbox/parked/release",
                        count.events())
                .with(filter.fields());
    }

    private Confirmation discard(PageFrame frame, KeyFilter filter) {
        ParkedCount count = outboxes.chosen(frame).parked().count(filter.selection());
        return Confirmation.of(
                        "Discard",
                        "Never publish %s of %s?"
                                .formatted(frame.count(count.events(), "event"), frame.count(count.keys(), "key")),
                        "This cannot be undone. Consumers see gaps in the numbers of these keys.",
                        "/outbox/parked/discard",
                        count.events())
                .with(filter.fields())
                .dangerousBackTo("/outbox/parked");
    }

    private static Confirmation discard(UUID id) {
        return Confirmation.of(
                        "Discard",
                        "Never publish event %s?".formatted(id),
                        "This cannot be undone. Consumers see a gap in the numbers of its key. The events behind it stay parked until they are released.",
                        "/outbox/parked/events/%s/discard".formatted(id),
                        1)
                .dangerousBackTo("/outbox/parked");
    }

    private Confirmation discardHeld(PageFrame frame, String topic) {
        OutboxOperations outbox = outboxes.chosen(frame);
        long events = outbox.parked().heldTopics().stream()
                .filter(held -> held.topic().equals(topic))
                .mapToLong(HeldTopic::events)
                .sum();
        return Confirmation.of(
                        "Discard",
                        "Never publish the %s that wait for topic %s?".formatted(frame.count(events, "event"), topic),
                        "This cannot be undone. If the topic comes back, they are published without a decision.",
                        "/outbox/parked/topics/%s/discard".formatted(topic),
                        events)
                .dangerousBackTo("/outbox/parked");
    }
}
