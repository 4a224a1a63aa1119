package dev.outbox.sample.inventory;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The order has not been decided, or there is none. */
final class ReservationNotFoundException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    ReservationNotFoundException(UUID orderId) {
        super(HttpStatus.NOT_FOUND, problem(orderId), null);
    }

    private static ProblemDetail problem(UUID orderId) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.NOT_FOUND, "There is no reservation for order %s (yet)".formatted(orderId));
        problem.setTitle("Reservation not found");
        return problem;
    }
}
