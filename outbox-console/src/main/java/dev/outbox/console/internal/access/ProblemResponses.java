package dev.outbox.console.internal.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import tools.jackson.databind.json.JsonMapper;

/** What the API answers to somebody who is not known, or may not do what they ask for: a problem as RFC 9457 has it. */
final class ProblemResponses {

    /** Not {@code Basic}: a browser would ask for a password and send it along with requests of other sites. */
    private static final String CHALLENGE = "OutboxBasic realm=\"outbox\"";

    private final JsonMapper json;

    ProblemResponses(JsonMapper json) {
        this.json = json;
    }

    AuthenticationEntryPoint unknown() {
        return (request, response, cause) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
            write(response, HttpStatus.UNAUTHORIZED, "Sign in by HTTP Basic, as a user of outbox.console.users.");
        };
    }

    AccessDeniedHandler denied() {
        return (request, response, cause) ->
                write(response, HttpStatus.FORBIDDEN, "The roles of this user do not allow this request.");
    }

    void tooLong(HttpServletResponse response, int longest) throws IOException {
        write(
                response,
                HttpStatus.CONTENT_TOO_LARGE,
                "The request is longer than %d bytes, which outbox.console.longest-body allows.".formatted(longest));
    }

    private void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, detail));
    }
}
