package dev.outbox.console.internal.page;

import dev.outbox.console.internal.access.SignInOptions;
import dev.outbox.console.internal.api.NotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where people sign in, and what they see instead of a page that they may not see, or that does not exist. */
@Controller
class OtherPages {

    private final SignInOptions options;
    private final PageProblems problems;

    OtherPages(SignInOptions options, PageProblems problems) {
        this.options = options;
        this.problems = problems;
    }

    @GetMapping("/outbox/sign-in")
    String signIn(
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String out,
            Model model) {
        model.addAttribute("options", options);
        model.addAttribute("failed", error != null);
        model.addAttribute("out", out != null);
        return PageViews.name("sign-in");
    }

    /** A form whose session has ended is denied, too, because its token is not known any more. */
    @RequestMapping("/outbox/denied")
    ModelAndView denied(HttpServletRequest request) {
        return problems.page(
                HttpStatus.FORBIDDEN,
                request.getMethod().equals("GET")
                        ? "Your roles do not allow this page. Roles are given by outbox.console.users.<name>.roles, or by your provider."
                        : "This was not done: your roles do not allow it, or your session has ended. Go back, reload the page, and try again.",
                request);
    }

    @GetMapping({"/outbox/{page:(?!api$|assets$).+}", "/outbox/{page:(?!api$|assets$).+}/**"})
    ModelAndView unknown(HttpServletRequest request) {
        throw new NotFoundException("There is no page " + request.getRequestURI());
    }
}
