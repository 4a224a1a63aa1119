package dev.outbox.console.internal.page.parked;

import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.Decisions;
import dev.outbox.console.internal.decision.ReleaseJob;
import dev.outbox.console.internal.decision.ReleaseJobs;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.console.internal.page.PageViews;
import dev.outbox.console.internal.page.outbox.FramedOutboxes;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How far has a release come? */
@Controller
class ReleasePages {

    private final FramedOutboxes outboxes;
    private final Decisions decisions;
    private final ReleaseJobs releases;

    ReleasePages(FramedOutboxes outboxes, Decisions decisions, ReleaseJobs releases) {
        this.outboxes = outboxes;
        this.decisions = decisions;
        this.releases = releases;
    }

    @GetMapping("/outbox/parked/releases/{id}")
    String one(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable long id,
            Model model) {
        model.addAttribute("job", found(frame, id));
        return PageViews.name("release");
    }

    @PostMapping("/outbox/parked/releases/{id}/stop")
    ModelAndView stop(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable long id,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes) {
        decisions.stop(
                outboxes.chosen(frame),
                new Asker(user.getName(), requestKey),
                found(frame, id).id());
        attributes.addFlashAttribute(
                "message", "It stops. What is on its way to Kafka is still published; the rest stays parked.");
        return new ModelAndView(PageViews.redirect(frame, "/outbox/parked/releases/{id}", id));
    }

    private ReleaseJob found(PageFrame frame, long id) {
        return releases.find(outboxes.chosen(frame), id).orElseThrow(() -> NotFoundException.notReleased(id));
    }
}
