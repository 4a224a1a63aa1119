package dev.outbox.console.internal.page.outbox;

import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.console.internal.page.PageModel;
import dev.outbox.console.internal.page.PageViews;
import dev.outbox.console.internal.targets.TargetReport;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Where do the events go, and do they get there? */
@Controller
class TargetsPage {

    private final FramedOutboxes outboxes;
    private final TargetReport report;

    TargetsPage(FramedOutboxes outboxes, TargetReport report) {
        this.outboxes = outboxes;
        this.report = report;
    }

    @GetMapping("/outbox/targets")
    String targets(@ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame, Model model) {
        model.addAttribute("report", report.of(outboxes.chosen(frame)));
        return PageViews.name("targets");
    }
}
