package dev.outbox.console.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** Whether the console starts, and what it leaves alone in a service. */
class ConsoleStartTests {

    private final WebApplicationContextRunner service = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AccessAutoConfiguration.class,
                    ProtectedApplicationAutoConfiguration.class,
                    JacksonAutoConfiguration.class,
                    SecurityAutoConfiguration.class,
                    SecurityFilterAutoConfiguration.class,
                    ServletWebSecurityAutoConfiguration.class,
                    UserDetailsServiceAutoConfiguration.class,
                    WebMvcAutoConfiguration.class));

    @Test
    void nobodyIsLetInByDefaultSoItDoesNotStart() {
        service.run(context -> {
            Throwable failure = Objects.requireNonNull(context.getStartupFailure());
            FailureAnalysis analysis =
                    Objects.requireNonNull(new NobodyMayUseTheConsoleFailureAnalyzer().analyze(failure));
            assertThat(analysis.getDescription())
                    .isEqualTo(
                            "The console of the outbox is switched on, and nobody may use it: there is no user and no OpenID Connect provider");
            assertThat(analysis.getAction()).contains("outbox.console.users.<name>.password");
        });
    }

    @Test
    void aPasswordWithoutItsEncodingIsNotTaken() {
        service.withPropertyValues("outbox.console.users.ada.password=secret")
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessage(
                                        "The password of user 'ada' of the console is empty, or does not say how it is encoded"));
    }

    @Test
    void aServiceKeepsWhatSpringBootProtects() {
        service.withPropertyValues("outbox.console.users.ada.password={noop}secret")
                .run(context -> {
                    assertThat(context.getBeansOfType(SecurityFilterChain.class))
                            .containsKeys(
                                    "outboxApiFilterChain", "outboxPagesFilterChain", "defaultSecurityFilterChain");
                    assertThat(context).as("users for the service").doesNotHaveBean(AuthenticationProvider.class);
                });
    }

    @Test
    void aSidecarWithoutUsersStartsAndHasNoOthers() {
        service.withPropertyValues("outbox.console.enabled=false", "outbox.console.protect=application")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(SecurityFilterChain.class))
                            .containsOnlyKeys("outboxApplicationFilterChain");
                    assertThat(context).doesNotHaveBean(UserDetailsService.class);
                });
    }
}
