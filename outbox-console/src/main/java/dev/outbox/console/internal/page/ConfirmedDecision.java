package dev.outbox.console.internal.page;

import dev.outbox.console.internal.decision.CountMovedException;
import dev.outbox.console.internal.decision.NotParkedException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.ui.Model;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A decision that a person has confirmed. If the number that the person saw has moved, the person is asked once more, about what
 * there is now.
 *
 * @param back the page that says what came of it
 * @param decision returns what to say
 * @param again the question about what there is now
 */
public record ConfirmedDecision(PageFrame frame, String back, Supplier<String> decision, Supplier<Confirmation> again) {

    private static final String QUESTION = "confirmation";

    /** {@return the page that asks} */
    public static String asking(Model model, Confirmation confirmation) {
        model.addAttribute(QUESTION, confirmation);
        return PageViews.name("confirm");
    }

    /** Decides, and says what came of it. */
    public ModelAndView carryOut(RedirectAttributes attributes, HttpServletResponse response) {
        try {
            attributes.addFlashAttribute("message", decision.get());
        } catch (CountMovedException moved) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            return new ModelAndView(
                    PageViews.name("confirm"), QUESTION, again.get().after(moved));
        } catch (NotParkedException gone) {
            attributes.addFlashAttribute("message", gone.getMessage());
        }
        return new ModelAndView(PageViews.redirect(frame, back));
    }
}
