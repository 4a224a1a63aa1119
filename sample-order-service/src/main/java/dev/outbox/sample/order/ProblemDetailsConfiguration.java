package dev.outbox.sample.order;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ProblemDetail;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Adds to the problem details of an invalid request which fields are wrong, and why. */
@Configuration(proxyBeanMethods = false)
class ProblemDetailsConfiguration implements WebMvcConfigurer {

    record InvalidField(String field, String message) {

        static InvalidField of(FieldError error) {
            return new InvalidField(error.getField(), String.valueOf(error.getDefaultMessage()));
        }
    }

    @Override
    public void addErrorResponseInterceptors(List<ErrorResponse.Interceptor> interceptors) {
        interceptors.add(ProblemDetailsConfiguration::listInvalidFields);
    }

    private static void listInvalidFields(ProblemDetail problem, ErrorResponse error) {
        if (error instanceof MethodArgumentNotValidException invalid) {
            problem.setProperty(
                    "errors",
                    invalid.getFieldErrors().stream().map(InvalidField::of).toList());
        }
    }
}
