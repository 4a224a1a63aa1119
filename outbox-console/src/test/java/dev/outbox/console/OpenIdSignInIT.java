package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-in by an OpenID Connect provider, with Spring Boot's own properties and no other user. */
class OpenIdSignInIT {

    private static final String REGISTRATION = "--spring.security.oauth2.client.registration.company.";

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(Redirect.ALWAYS)
            .build();

    @Test
    void theClaimOfAUserSaysWhatTheUserMayDo() throws Exception {
        try (TestIdentityProvider provider = new TestIdentityProvider(List.of("viewer", "something-else"));
                TestConsole console = start(provider)) {
            assertThat(get(console, "/outbox/sign-in").body()).contains("/outbox/sign-in/with/company");

            HttpResponse<String> now = get(console, "/outbox/sign-in/with/company");

            assertThat(now.statusCode()).as(now.body()).isEqualTo(200);
            assertThat(now.uri().getPath()).isEqualTo("/outbox");
            assertThat(now.body()).contains("grace");
            assertThat(get(console, "/outbox/parked").statusCode()).isEqualTo(200);
            assertThat(get(console, "/outbox/audit").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void aUserWithoutARoleThatTheConsoleKnowsMayDoNothing() throws Exception {
        try (TestIdentityProvider provider = new TestIdentityProvider(List.of("ROLE_OUTBOX_ADMIN", "ADMIN"));
                TestConsole console = start(provider)) {
            assertThat(get(console, "/outbox/sign-in/with/company").statusCode())
                    .isEqualTo(403);
            assertThat(get(console, "/outbox/parked").statusCode()).isEqualTo(403);
        }
    }

    private HttpResponse<String> get(TestConsole console, String path) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(console.address(path)).build(), BodyHandlers.ofString());
    }

    private TestConsole start(TestIdentityProvider provider) {
        return TestConsole.startWithoutUsers(
                database,
                REGISTRATION + "client-id=outbox",
                REGISTRATION + "client-secret=secret",
                REGISTRATION + "scope=openid",
                REGISTRATION + "redirect-uri={baseUrl}/outbox/sign-in/code/{registrationId}",
                "--spring.security.oauth2.client.provider.company.issuer-uri=" + provider.issuer());
    }
}
