package dev.outbox.console.internal.page;

import dev.outbox.audit.RequestKeyReusedException;
import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.api.NotStartedException;
import dev.outbox.console.internal.decision.CountMovedException;
import dev.outbox.console.internal.decision.NotParkedException;
import dev.outbox.internal.failure.Causes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** The page that is shown when another one cannot be: what is wrong, why, and what to do. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@ControllerAdvice(basePackageClasses = PageProblems.class)
class PageProblems {

    private static final Logger log = LoggerFactory.getLogger(PageProblems.class);

    private final PageFrames frames;

    PageProblems(PageFrames frames) {
        this.frames = frames;
    }

    @ExceptionHandler({CountMovedException.class, NotParkedException.class, IllegalStateException.class})
    ModelAndView refused(RuntimeException refused, HttpServletRequest request) {
        return page(HttpStatus.CONFLICT, refused.getMessage(), request);
    }

    @ExceptionHandler
    ModelAndView reused(RequestKeyReusedException reused, HttpServletRequest request) {
        return page(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "This form was sent before, for something else. Open it again.",
                request);
    }

    @ExceptionHandler
    ModelAndView notFound(NotFoundException notFound, HttpServletRequest request) {
        return page(HttpStatus.NOT_FOUND, notFound.getMessage(), request);
    }

    @ExceptionHandler
    ModelAndView notStarted(NotStartedException notStarted, HttpServletRequest request) {
        return page(HttpStatus.SERVICE_UNAVAILABLE, notStarted.getMessage(), request);
    }

    @ExceptionHandler
    ModelAndView impossible(IllegalArgumentException impossible, HttpServletRequest request) {
        return page(HttpStatus.BAD_REQUEST, impossible.getMessage(), request);
    }

    @ExceptionHandler({MethodArgumentTypeMismatchException.class, ServletRequestBindingException.class})
    ModelAndView unreadable(Exception unreadable, HttpServletRequest request) {
        return page(HttpStatus.BAD_REQUEST, "This address is not complete: " + unreadable.getMessage(), request);
    }

    @ExceptionHandler
    ModelAndView database(DataAccessException failure, HttpServletRequest request) {
        log.warn("The database of the outbox did not answer a page of the console", failure);
        return page(HttpStatus.SERVICE_UNAVAILABLE, Causes.ofServer(failure), request);
    }

    ModelAndView page(HttpStatus status, @Nullable String detail, HttpServletRequest request) {
        return new ModelAndView(
                PageViews.name("problem"),
                Map.of(
                        PageModel.FRAME,
                        frames.of(request),
                        "title",
                        status.getReasonPhrase(),
                        "detail",
                        String.valueOf(detail)),
                status);
    }
}
