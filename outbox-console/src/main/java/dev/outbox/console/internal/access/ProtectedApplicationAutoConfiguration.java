package dev.outbox.console.internal.access;

import dev.outbox.console.ConsoleProperties;
import dev.outbox.console.ConsoleRole;
import jakarta.servlet.DispatcherType;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Auto-configuration of a process that has nothing but the relay: all addresses but bare health need a user of the console, whether
 * there is a console or not. Without users, nothing else can be reached.
 */
@AutoConfiguration(
        before = {
            ManagementWebSecurityAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        })
@ConditionalOnClass(HealthEndpoint.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "outbox.console.protect", havingValue = "application")
@EnableConfigurationProperties(ConsoleProperties.class)
public final class ProtectedApplicationAutoConfiguration {

    private static final String[] MAY_SEE = Stream.of(
                    ConsoleRole.VIEWER, ConsoleRole.OPERATOR, ConsoleRole.ADMIN, ConsoleRole.AUDITOR)
            .map(ConsoleRole::authority)
            .toArray(String[]::new);

    ProtectedApplicationAutoConfiguration() {}

    /** The only users that there are, so that Spring Boot does not make one up. */
    @Bean
    AuthenticationProvider outboxConsoleUsers(ConsoleProperties properties) {
        return ConsoleUsers.provider(properties);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 10)
    SecurityFilterChain outboxApplicationFilterChain(HttpSecurity http, AuthenticationProvider outboxConsoleUsers)
            throws Exception {
        return http.authenticationProvider(outboxConsoleUsers)
                // The answer to a request that has failed, after it was allowed to be made.
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                        .permitAll()
                        .requestMatchers(EndpointRequest.toAnyEndpoint())
                        .hasAnyAuthority(MAY_SEE)
                        .anyRequest()
                        .denyAll())
                .httpBasic(Customizer.withDefaults())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }
}
