package dev.outbox.console.internal.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * Sends somebody who is not known to the page where people sign in. A page that looks for news is told to go there as a whole, so
 * that the sign-in does not appear in the middle of it when a session has ended.
 */
final class SignInEntryPoint extends LoginUrlAuthenticationEntryPoint {

    private final String path;

    SignInEntryPoint(String path) {
        super(path);
        this.path = path;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException, ServletException {
        if (request.getHeader("HX-Request") == null) {
            super.commence(request, response, cause);
            return;
        }
        response.setHeader("HX-Redirect", request.getContextPath() + path);
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
