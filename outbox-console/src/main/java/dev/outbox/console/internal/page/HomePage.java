package dev.outbox.console.internal.page;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.View;

/** Where people arrive in a service without a relay: at the first of its pages. */
@Controller
class HomePage {

    @GetMapping("/outbox")
    View first(@ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame) {
        return PageViews.redirect(frame, frame.pages().get(0).path());
    }
}
