package dev.outbox.console.internal.page.outbox;

import dev.outbox.console.internal.overview.Overviews;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.console.internal.page.PageViews;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Is anything late, since when, and why? */
@Controller
class NowPage {

    private final FramedOutboxes outboxes;
    private final Overviews overviews;

    NowPage(FramedOutboxes outboxes, Overviews overviews) {
        this.outboxes = outboxes;
        this.overviews = overviews;
    }

    @GetMapping("/outbox")
    String now(@ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame, Model model) {
        model.addAttribute("overview", overviews.of(outboxes.chosen(frame)));
        return PageViews.name("now");
    }
}
