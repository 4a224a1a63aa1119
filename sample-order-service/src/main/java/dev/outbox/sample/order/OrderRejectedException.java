package dev.outbox.sample.order;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The order was rejected before it could be cancelled. */
final class OrderRejectedException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    OrderRejectedException(UUID id) {
        super(HttpStatus.CONFLICT, problem(id), null);
    }

    private static ProblemDetail problem(UUID id) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, "Order %s is rejected and cannot be cancelled".formatted(id));
        problem.setTitle("Order rejected");
        return problem;
    }
}
