package dev.outbox.console.internal.page.outbox;

import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.decision.Asker;
import dev.outbox.console.internal.decision.CountMovedException;
import dev.outbox.console.internal.decision.ReplayJob;
import dev.outbox.console.internal.decision.ReplayJobs;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.console.internal.page.PageViews;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What would be published once more, and how far has it come? */
@Controller
class ReplayPages {

    private final FramedOutboxes outboxes;
    private final ReplayJobs replays;

    ReplayPages(FramedOutboxes outboxes, ReplayJobs replays) {
        this.outboxes = outboxes;
        this.replays = replays;
    }

    @GetMapping("/outbox/replays")
    String all(@ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame, ReplayForm form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("jobs", replays.of(outboxes.chosen(frame).name()));
        return PageViews.name("replays");
    }

    /** Publishes nothing. */
    @PostMapping("/outbox/replays/estimate")
    ModelAndView estimate(@ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame, ReplayForm form) {
        return estimated(frame, form.untilAtLast(frame.now()), null);
    }

    @PostMapping("/outbox/replays")
    ModelAndView start(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            ReplayForm form,
            @RequestParam long seen,
            @RequestParam String requestKey,
            Principal user,
            RedirectAttributes attributes,
            HttpServletResponse response) {
        try {
            Optional<ReplayJob> job = replays.start(
                    outboxes.chosen(frame),
                    new Asker(user.getName(), requestKey),
                    form.selection(),
                    form.topic(),
                    form.rate(),
                    seen);
            if (job.isPresent()) {
                return new ModelAndView(PageViews.redirect(
                        frame, "/outbox/replays/{id}", job.get().id()));
            }
            attributes.addFlashAttribute(
                    "message", "This was started before, by another process or too long ago to say what it did.");
            return new ModelAndView(PageViews.redirect(frame, "/outbox/replays"));
        } catch (CountMovedException moved) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            return estimated(frame, form, moved);
        }
    }

    @GetMapping("/outbox/replays/{id}")
    String one(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable long id,
            Model model) {
        model.addAttribute(
                "job",
                replays.find(outboxes.chosen(frame).name(), id).orElseThrow(() -> NotFoundException.notReplayed(id)));
        return PageViews.name("replay");
    }

    @PostMapping("/outbox/replays/{id}/stop")
    ModelAndView stop(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @PathVariable long id,
            RedirectAttributes attributes) {
        replays.stop(outboxes.chosen(frame).name(), id);
        attributes.addFlashAttribute("message", "It stops when the events that are on their way are acknowledged.");
        return new ModelAndView(PageViews.redirect(frame, "/outbox/replays/{id}", id));
    }

    private ModelAndView estimated(PageFrame frame, ReplayForm form, @Nullable CountMovedException moved) {
        ModelAndView page = new ModelAndView(PageViews.name("replay-estimate"));
        page.addObject("form", form);
        page.addObject("estimate", outboxes.chosen(frame).replay().estimate(form.selection()));
        page.addObject("moved", moved);
        page.addObject("requestKey", UUID.randomUUID().toString());
        return page;
    }
}
