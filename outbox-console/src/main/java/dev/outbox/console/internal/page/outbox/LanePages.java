package dev.outbox.console.internal.page.outbox;

import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.CountMovedException;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.page.Confirmation;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.console.internal.page.PageViews;
import dev.outbox.relay.events.LaneBacklog;
import dev.outbox.relay.lane.LaneHolding;
import dev.outbox.relay.operations.OutboxOperations;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who publishes, and how much waits? */
@Controller
class LanePages {

    private static final int COUNTED = 10_000;

    private final FramedOutboxes outboxes;
    private final Decisions decisions;

    LanePages(FramedOutboxes outboxes, Decisions decisions) {
        this.outboxes = outboxes;
        this.decisions = decisions;
    }

    @GetMapping("/outbox/lanes")
    String lanes(@ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame, Model model) {
        OutboxOperations outbox = outboxes.chosen(frame);
        List<LaneHolding> lanes = outbox.lanes().lanes();
        Map<Integer, LaneBacklog> backlog = outbox.events().backlog(COUNTED).stream()
                .collect(Collectors.toMap(LaneBacklog::lane, Function.identity()));
        model.addAttribute("lanes", lanes);
        model.addAttribute(
                "unowned", lanes.stream().filter(lane -> lane.owner() == null).count());
        model.addAttribute("backlog", backlog);
        model.addAttribute(
                "waiting",
                backlog.values().stream().mapToLong(LaneBacklog::events).sum());
        model.addAttribute("relays", outbox.lanes().relays());
        return PageViews.name("lanes");
    }

    @GetMapping("/outbox/lanes/rebase")
    String ask(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @RequestParam Positions positions,
            Model model) {
        model.addAttribute("confirmation", confirmation(frame, positions));
        return PageViews.name("confirm");
    }

    @PostMapping("/outbox/lanes/rebase")
    ModelAndView rebase(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @RequestParam Positions positions,
            @RequestParam long seen,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        OutboxOperations outbox = outboxes.chosen(frame);
        Asker asker = new Asker(user.getName(), requestKey);
        try {
            switch (positions) {
                case FORGET -> decisions.republish(outbox, asker, seen);
                case KEEP -> decisions.keepPositions(outbox, asker, seen);
            }
        } catch (CountMovedException moved) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            return new ModelAndView(
                    PageViews.name("confirm"),
                    "confirmation",
                    confirmation(frame, positions).after(moved));
        }
        attributes.addFlashAttribute("message", positions.done);
        return new ModelAndView(PageViews.redirect(frame, "/outbox/lanes"));
    }

    private Confirmation confirmation(PageFrame frame, Positions positions) {
        int lanes = outboxes.chosen(frame).lanes().lanes().size();
        return Confirmation.of(
                        positions.title,
                        positions.question.formatted(frame.count(lanes, "lane")),
                        positions.warning,
                        "/outbox/lanes/rebase",
                        lanes)
                .with(Map.of("positions", positions.name()))
                .dangerousBackTo("/outbox/lanes");
    }

    /** What becomes of the positions. */
    enum Positions {
        FORGET(
                "Publish all again",
                "Forget the positions of %s and publish all that the outbox retains once more?",
                "Decide so after a restore. Consumers that remember what they have applied drop what they get again; others apply it twice.",
                "The positions are forgotten. The relays publish all that is retained."),
        KEEP(
                "Keep the positions",
                "Take the positions of %s over to this server?",
                "Decide so after pg_upgrade, and only if the data is the same. After a restore of a backup, events would be left out and never published.",
                "The positions are those of this server now.");

        private final String title;
        private final String question;
        private final String warning;
        private final String done;

        Positions(String title, String question, String warning, String done) {
            this.title = title;
            this.question = question;
            this.warning = warning;
            this.done = done;
        }
    }
}
