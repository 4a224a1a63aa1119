package dev.outbox.console.internal.page;

import dev.outbox.console.internal.consumers.ConsumerReport;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Who is behind, and what keeps it back? */
@Controller
class ConsumersPage {

    private final ConsumerReport report;

    ConsumersPage(ConsumerReport report) {
        this.report = report;
    }

    @GetMapping("/outbox/consumers")
    String consumers(@ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame, Model model) {
        model.addAttribute("consumers", report.of(frame.outbox()));
        return PageViews.name("consumers");
    }
}
