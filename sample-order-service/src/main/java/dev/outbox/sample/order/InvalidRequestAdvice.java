package dev.outbox.sample.order;

import java.util.Comparator;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Adds to the problem details of an invalid request which fields are wrong; all other errors are as Boot has them. */
@RestControllerAdvice
class InvalidRequestAdvice implements Ordered {

    record InvalidField(String field, String message) {

        static InvalidField of(FieldError error) {
            return new InvalidField(error.getField(), String.valueOf(error.getDefaultMessage()));
        }
    }

    @ExceptionHandler
    ErrorResponse invalidFields(MethodArgumentNotValidException invalid) {
        List<InvalidField> fields = invalid.getFieldErrors().stream()
                .map(InvalidField::of)
                .sorted(Comparator.comparing(InvalidField::field))
                .toList();
        invalid.getBody().setProperty("errors", fields);
        return invalid;
    }

    /** Before the one of Boot, which would not list the fields. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
