package dev.outbox.console.internal.page.inbox;

import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.api.inbox.InboxEventView;
import dev.outbox.console.internal.decision.InboxDecisions;
import dev.outbox.console.internal.page.PageViews;
import dev.outbox.console.internal.payload.Payloads;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxCause;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What was received and could not be handled, why, and what waits behind it? */
@Controller
class InboxPages {

    private static final int KEYS = 100;
    private static final int EVENTS = 200;
    private static final int CAUSES = 20;

    private static final CauseWords WORDS = new CauseWords();

    private final InboxDecisions decisions;
    private final Payloads payloads;

    InboxPages(InboxDecisions decisions, Payloads payloads) {
        this.decisions = decisions;
        this.payloads = payloads;
    }

    @GetMapping("/outbox/inbox/parked")
    String keys(InboxFilter filter, Model model) {
        ParkedInboxEvents parked = decisions.parked();
        List<ParkedInboxCause> causes = parked.causes(CAUSES);
        model.addAttribute("filter", filter);
        model.addAttribute("words", WORDS);
        model.addAttribute("causes", causes);
        model.addAttribute("more", causes.size() == CAUSES);
        model.addAttribute(
                "parkedKeys", causes.stream().mapToLong(ParkedInboxCause::keys).sum());
        model.addAttribute(
                "parkedEvents",
                causes.stream().mapToLong(ParkedInboxCause::events).sum());
        model.addAttribute("keys", parked.keys(filter.selection(), KEYS));
        model.addAttribute("most", KEYS);
        return PageViews.name("inbox");
    }

    @GetMapping("/outbox/inbox/parked/key")
    String key(@RequestParam String consumer, @RequestParam String topic, @RequestParam String key, Model model) {
        InboxKey inboxKey = new InboxKey(consumer, topic, key);
        model.addAttribute("key", inboxKey);
        model.addAttribute("words", WORDS);
        model.addAttribute("count", decisions.parked().count(inboxKey));
        model.addAttribute(
                "events",
                decisions.parked().events(inboxKey, EVENTS).stream()
                        .map(InboxEventView::of)
                        .toList());
        return PageViews.name("inbox-key");
    }

    @GetMapping("/outbox/inbox/parked/events/{id}")
    String event(@PathVariable long id, Model model) {
        model.addAttribute("words", WORDS);
        model.addAttribute("event", InboxEventView.of(parked(id)));
        return PageViews.name("inbox-event");
    }

    /** As it will be handled. */
    @GetMapping("/outbox/inbox/parked/events/{id}/payload")
    String payload(@PathVariable long id, Model model) {
        model.addAttribute("id", id);
        ParkedInboxEvent event = parked(id);
        model.addAttribute(
                "payload", payloads.readable(InboxEventView.payload(event), InboxEventView.encryption(event)));
        return PageViews.name("inbox-payload");
    }

    private ParkedInboxEvent parked(long id) {
        return decisions.parked().event(id).orElseThrow(() -> NotFoundException.notInInbox(id));
    }
}
