package dev.outbox.console.internal.page;

import dev.outbox.audit.AuditEntry;
import dev.outbox.console.internal.api.Audits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Who has decided what? */
@Controller
class AuditPage {

    private static final int ENTRIES = 50;

    private final Audits audits;

    AuditPage(Audits audits) {
        this.audits = audits;
    }

    @GetMapping("/outbox/audit")
    String entries(
            @ModelAttribute(name = PageModel.FRAME, binding = false) PageFrame frame,
            @RequestParam(required = false) @Nullable Long after,
            Model model) {
        List<AuditEntry> entries = audits.named(frame.outbox()).entries(after, ENTRIES);
        model.addAttribute("entries", entries);
        model.addAttribute(
                "next",
                entries.size() < ENTRIES ? null : entries.get(ENTRIES - 1).id());
        return PageViews.name("audit");
    }
}
