package dev.outbox.console.internal.access;

import static dev.outbox.console.ConsoleRole.ADMIN;
import static dev.outbox.console.ConsoleRole.AUDITOR;
import static dev.outbox.console.ConsoleRole.OPERATOR;
import static dev.outbox.console.ConsoleRole.PAYLOAD;
import static dev.outbox.console.ConsoleRole.VIEWER;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import dev.outbox.console.ConsoleRole;
import jakarta.servlet.DispatcherType;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/** Which role each request needs. What is not named here is denied to everybody. */
final class ConsoleAccess {

    static final String API = "/outbox/api";
    static final String PAGES = "/outbox";
    static final String SIGN_IN = PAGES + "/sign-in";

    private ConsoleAccess() {}

    /** The rules of the API. The first one that fits decides. */
    static void ofApi(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        needs(requests, GET, API + "/audit", AUDITOR, ADMIN);
        needs(requests, GET, API + "/events/*/payload", PAYLOAD, ADMIN);
        needs(requests, GET, API + "/parked/events/*/payload", PAYLOAD, ADMIN);
        needs(requests, GET, API + "/inbox/parked/events/*/payload", PAYLOAD, ADMIN);
        needs(requests, GET, API + "/**", VIEWER, OPERATOR, ADMIN, AUDITOR);
        needs(requests, POST, API + "/parked/release", OPERATOR, ADMIN);
        needs(requests, POST, API + "/parked/releases/*/stop", OPERATOR, ADMIN);
        needs(requests, POST, API + "/replays/**", OPERATOR, ADMIN);
        needs(requests, POST, API + "/inbox/parked/release", OPERATOR, ADMIN);
        needs(requests, POST, API + "/parked/**", ADMIN);
        needs(requests, POST, API + "/inbox/parked/**", ADMIN);
        needs(requests, POST, API + "/lanes/**", ADMIN);
        requests.anyRequest().denyAll();
    }

    /** The rules of the pages, whose addresses are those of the API without {@code /api}. */
    static void ofPages(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        // What is shown instead of a page that was denied.
        requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                .permitAll();
        requests.requestMatchers(GET, PAGES + "/assets/**", SIGN_IN).permitAll();
        requests.requestMatchers(HEAD, SIGN_IN).permitAll();
        needs(requests, GET, PAGES + "/audit", AUDITOR, ADMIN);
        needs(requests, GET, PAGES + "/events/*/payload", PAYLOAD, ADMIN);
        needs(requests, GET, PAGES + "/parked/events/*/payload", PAYLOAD, ADMIN);
        needs(requests, GET, PAGES + "/parked/release", OPERATOR, ADMIN);
        needs(requests, GET, PAGES + "/parked/discard", ADMIN);
        needs(requests, GET, PAGES + "/parked/events/*/discard", ADMIN);
        needs(requests, GET, PAGES + "/parked/events/*/edit", ADMIN);
        needs(requests, GET, PAGES + "/parked/topics/*/discard", ADMIN);
        needs(requests, GET, PAGES + "/inbox/parked/events/*/payload", PAYLOAD, ADMIN);
        needs(requests, GET, PAGES + "/inbox/parked/release", OPERATOR, ADMIN);
        needs(requests, GET, PAGES + "/inbox/parked/discard", ADMIN);
        needs(requests, GET, PAGES + "/inbox/parked/events/*/discard", ADMIN);
        needs(requests, GET, PAGES + "/lanes/rebase", ADMIN);
        needs(requests, GET, PAGES, VIEWER, OPERATOR, ADMIN, AUDITOR);
        needs(requests, GET, PAGES + "/**", VIEWER, OPERATOR, ADMIN, AUDITOR);
        needs(requests, POST, PAGES + "/parked/release", OPERATOR, ADMIN);
        needs(requests, POST, PAGES + "/parked/releases/*/stop", OPERATOR, ADMIN);
        needs(requests, POST, PAGES + "/replays/**", OPERATOR, ADMIN);
        needs(requests, POST, PAGES + "/inbox/parked/release", OPERATOR, ADMIN);
        needs(requests, POST, PAGES + "/parked/**", ADMIN);
        needs(requests, POST, PAGES + "/inbox/parked/**", ADMIN);
        needs(requests, POST, PAGES + "/lanes/**", ADMIN);
        requests.anyRequest().denyAll();
    }

    private static void needs(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            HttpMethod method,
            String path,
            ConsoleRole... roles) {
        requests.requestMatchers(method, path)
                .hasAnyAuthority(Stream.of(roles).map(ConsoleRole::authority).toArray(String[]::new));
    }
}
