package dev.outbox.console.internal.page.inbox;

import dev.outbox.audit.AuditEntry;
import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.InboxDecisions;
import dev.outbox.console.internal.decision.InboxRelease;
import dev.outbox.console.internal.page.Confirmation;
import dev.outbox.console.internal.page.ConfirmedDecision;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.consumer.parking.InboxKey;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Release and discard in the inbox: a page that asks, with the number of events, and the decision about exactly that number. */
@Controller
class InboxDecisionPages {

    private static final String PARKED = "/outbox/inbox/parked";

    private final InboxDecisions decisions;

    InboxDecisionPages(InboxDecisions decisions) {
        this.decisions = decisions;
    }

    @GetMapping("/outbox/inbox/parked/release")
    String askRelease(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @RequestParam String consumer,
            @RequestParam String topic,
            @RequestParam String key,
            Model model) {
        return ConfirmedDecision.asking(model, release(frame, new InboxKey(consumer, topic, key)));
    }

    @PostMapping("/outbox/inbox/parked/release")
    ModelAndView release(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @RequestParam String consumer,
            @RequestParam String topic,
            @RequestParam String key,
            @RequestParam long seen,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        InboxKey inboxKey = new InboxKey(consumer, topic, key);
        return new ConfirmedDecision(
                        frame,
                        PARKED,
                        () -> done(frame, decisions.release(new Asker(user.getName(), requestKey), inboxKey, seen)),
                        () -> release(frame, inboxKey))
                .carryOut(attributes, response);
    }

    @GetMapping("/outbox/inbox/parked/discard")
    String askDiscard(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @RequestParam String consumer,
            @RequestParam String topic,
            @RequestParam String key,
            Model model) {
        return ConfirmedDecision.asking(model, discard(frame, new InboxKey(consumer, topic, key)));
    }

    @PostMapping("/outbox/inbox/parked/discard")
    ModelAndView discard(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @RequestParam String consumer,
            @RequestParam String topic,
            @RequestParam String key,
            @RequestParam long seen,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        InboxKey inboxKey = new InboxKey(consumer, topic, key);
        return new ConfirmedDecision(
                        frame,
                        PARKED,
                        () -> done(frame, decisions.discard(new Asker(user.getName(), requestKey), inboxKey, seen)),
                        () -> discard(frame, inboxKey))
                .carryOut(attributes, response);
    }

    @GetMapping("/outbox/inbox/parked/events/{id}/discard")
    String askDiscard(@PathVariable long id, Model model) {
        return ConfirmedDecision.asking(model, discard(id));
    }

    @PostMapping("/outbox/inbox/parked/events/{id}/discard")
    ModelAndView discard(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable long id,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        return new ConfirmedDecision(
                        frame,
                        PARKED,
                        () -> done(frame, decisions.discard(new Asker(user.getName(), requestKey), id)),
                        () -> discard(id))
                .carryOut(attributes, response);
    }

    private static String done(PageFrame frame, InboxRelease release) {
        Integer handled = release.handled();
        if (handled == null) {
            return "This was released before.";
        }
        String count = frame.count(handled, "event");
        return release.failure() == null
                ? "%s handled.".formatted(count)
                : "%s handled. The rest stays parked: %s".formatted(count, release.failure());
    }

    private static String done(PageFrame frame, AuditEntry decision) {
        return "%s will never be handled.".formatted(frame.count(decision.affected(), "event"));
    }

    private Confirmation release(PageFrame frame, InboxKey key) {
        long events = decisions.parked().count(key);
        return Confirmation.of(
                        "Release",
                        "Handle %s of this key now?".formatted(frame.count(events, "event")),
                        "They are handled in order, each in its own transaction. One that fails again stays parked, with all after it. What they were waiting for is not waited for any longer.",
                        PARKED + "/release",
                        events)
                .with(fields(key))
                .backTo(PARKED);
    }

    private Confirmation discard(PageFrame frame, InboxKey key) {
        long events = decisions.parked().count(key);
        return Confirmation.of(
                        "Discard",
                        "Never handle %s of this key?".formatted(frame.count(events, "event")),
                        "This cannot be undone. The inbox counts them as handled. Later events of this key are handled.",
                        PARKED + "/discard",
                        events)
                .with(fields(key))
                .dangerousBackTo(PARKED);
    }

    private static Confirmation discard(long id) {
        return Confirmation.of(
                        "Discard",
                        "Never handle event %d of the inbox?".formatted(id),
                        "This cannot be undone. The events behind it stay parked until they are released.",
                        PARKED + "/events/%d/discard".formatted(id),
                        1)
                .dangerousBackTo(PARKED);
    }

    private static Map<String, String> fields(InboxKey key) {
        return Map.of("consumer", key.consumer(), "topic", key.topic(), "key", key.key());
    }
}
