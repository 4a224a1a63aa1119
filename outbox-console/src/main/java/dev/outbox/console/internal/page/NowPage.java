package dev.outbox.console.internal.page;

import dev.outbox.console.internal.overview.Overviews;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Is anything late, since when, and why? */
@Controller
class NowPage {

    private final PageFrames outboxes;
    private final Overviews overviews;

    NowPage(PageFrames outboxes, Overviews overviews) {
        this.outboxes = outboxes;
        this.overviews = overviews;
    }

    @GetMapping("/outbox")
    String now(@ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame, Model model) {
        model.addAttribute("overview", overviews.of(outboxes.chosen(frame)));
        return PageViews.name("now");
    }
}
