package dev.outbox.sample.order;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** There is no such order. */
final class OrderNotFoundException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    OrderNotFoundException(UUID id) {
        super(HttpStatus.NOT_FOUND, problem(id), null);
    }

    private static ProblemDetail problem(UUID id) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "There is no order " + id);
        problem.setTitle("Order not found");
        return problem;
    }
}
