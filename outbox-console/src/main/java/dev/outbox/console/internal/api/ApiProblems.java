package dev.outbox.console.internal.api;

import dev.outbox.audit.RequestKeyReusedException;
import dev.outbox.console.internal.decision.CountMovedException;
import dev.outbox.console.internal.decision.NotParkedException;
import dev.outbox.internal.failure.Causes;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** What is answered when a request cannot be carried out: problems as RFC 9457 has them, with the cause and what to do. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = ApiProblems.class)
class ApiProblems extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    ProblemDetail moved(CountMovedException moved) {
        ProblemDetail problem = problem(HttpStatus.CONFLICT, moved.getMessage());
        problem.setProperty("seen", moved.seen());
        problem.setProperty("found", moved.found());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail notParked(NotParkedException notParked) {
        return problem(HttpStatus.CONFLICT, notParked.getMessage());
    }

    @ExceptionHandler
    ProblemDetail reused(RequestKeyReusedException reused) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, reused.getMessage());
    }

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException notFound) {
        return problem(HttpStatus.NOT_FOUND, notFound.getMessage());
    }

    @ExceptionHandler
    ProblemDetail notStarted(NotStartedException notStarted) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, notStarted.getMessage());
    }

    @ExceptionHandler
    ProblemDetail impossible(IllegalArgumentException impossible) {
        return problem(HttpStatus.BAD_REQUEST, impossible.getMessage());
    }

    /** Such as a replay where nothing is retained. */
    @ExceptionHandler
    ProblemDetail refused(IllegalStateException refused) {
        return problem(HttpStatus.CONFLICT, refused.getMessage());
    }

    @ExceptionHandler
    ProblemDetail database(DataAccessException failure) {
        logger.warn("The database of the outbox did not answer a request of the console", failure);
        return problem(HttpStatus.SERVICE_UNAVAILABLE, Causes.ofServer(failure));
    }

    private static ProblemDetail problem(HttpStatus status, @Nullable String detail) {
        return ProblemDetail.forStatusAndDetail(status, String.valueOf(detail));
    }
}
