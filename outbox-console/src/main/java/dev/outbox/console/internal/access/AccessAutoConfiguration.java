package dev.outbox.console.internal.access;

import dev.outbox.console.ConsoleProperties;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Auto-configuration of who may use the console. It protects the addresses below {@code /outbox} and no others; Spring Boot decides
 * about those before, so that what it protects by default stays protected.
 */
@AutoConfiguration(after = ServletWebSecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "outbox.console.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConsoleProperties.class)
public final class AccessAutoConfiguration {

    /** Before the chains of a service, which as a rule are about all addresses. */
    private static final int API_FIRST = -200;

    private static final int THEN_PAGES = -190;

    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static final String OPEN_ID =
            "org.springframework.security.oauth2.client.registration.ClientRegistrationRepository";

    private final ConsoleProperties properties;
    private final AuthenticationProvider users;
    private final boolean hasOpenId;

    AccessAutoConfiguration(ConsoleProperties properties, ListableBeanFactory beans) {
        this.properties = properties;
        this.users = ConsoleUsers.provider(properties);
        this.hasOpenId = ClassUtils.isPresent(OPEN_ID, AccessAutoConfiguration.class.getClassLoader())
                && OpenIdSignIn.isConfigured(beans);
        if (properties.users().isEmpty() && !hasOpenId) {
            throw new NobodyMayUseTheConsoleException(
                    "The console of the outbox is switched on, and nobody may use it: there is no user and no OpenID Connect provider");
        }
    }

    @Bean
    SignInOptions outboxSignInOptions(ListableBeanFactory beans) {
        return new SignInOptions(!properties.users().isEmpty(), hasOpenId ? OpenIdSignIn.providers(beans) : List.of());
    }

    @Bean
    @Order(API_FIRST)
    @ConditionalOnMissingBean(name = "outboxApiFilterChain")
    SecurityFilterChain outboxApiFilterChain(HttpSecurity http, JsonMapper json) throws Exception {
        ProblemResponses problems = new ProblemResponses(json);
        return http.securityMatcher(ConsoleAccess.API + "/**")
                .authenticationProvider(users)
                .authorizeHttpRequests(ConsoleAccess::ofApi)
                .httpBasic(basic -> basic.authenticationEntryPoint(problems.unknown()))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint(problems.unknown()).accessDeniedHandler(problems.denied()))
                // No cookie counts, and a request needs a content type that no form of another site can send.
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY)))
                .addFilterAfter(new RequestSizeFilter(properties.longestBody(), problems), HeaderWriterFilter.class)
                .build();
    }

    @Bean
    @Order(THEN_PAGES)
    @ConditionalOnMissingBean(name = "outboxPagesFilterChain")
    SecurityFilterChain outboxPagesFilterChain(HttpSecurity http, JsonMapper json) throws Exception {
        ProblemResponses problems = new ProblemResponses(json);
        if (hasOpenId) {
            OpenIdSignIn.addTo(http, properties);
        }
        return http.securityMatcher(ConsoleAccess.PAGES, ConsoleAccess.PAGES + "/**")
                .authenticationProvider(users)
                .authorizeHttpRequests(ConsoleAccess::ofPages)
                .formLogin(form -> form.loginPage(ConsoleAccess.SIGN_IN).defaultSuccessUrl(ConsoleAccess.PAGES))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(new SignInEntryPoint(ConsoleAccess.SIGN_IN))
                                .accessDeniedPage(ConsoleAccess.PAGES + "/denied"))
                .logout(logout -> logout.logoutUrl(ConsoleAccess.PAGES + "/sign-out")
                        .logoutSuccessUrl(ConsoleAccess.SIGN_IN + "?out"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY)))
                .addFilterAfter(new RequestSizeFilter(properties.longestBody(), problems), HeaderWriterFilter.class)
                .build();
    }
}
