package dev.outbox.console.internal.access;

import dev.outbox.console.ConsoleProperties;
import dev.outbox.console.ConsoleRole;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;

/** Sign-in by the OpenID Connect providers that Spring Boot is configured with. A claim of the user lists the roles. */
final class OpenIdSignIn {

    private OpenIdSignIn() {}

    static boolean isConfigured(ListableBeanFactory beans) {
        return beans.getBeanNamesForType(ClientRegistrationRepository.class, true, false).length > 0;
    }

    static void addTo(HttpSecurity http, ConsoleProperties properties) {
        http.oauth2Login(login -> login.loginPage(ConsoleAccess.PAGES + "/sign-in")
                .defaultSuccessUrl(ConsoleAccess.PAGES)
                .authorizationEndpoint(endpoint -> endpoint.baseUri(ConsoleAccess.PAGES + "/sign-in/with"))
                .redirectionEndpoint(endpoint -> endpoint.baseUri(ConsoleAccess.PAGES + "/sign-in/code/*"))
                .userInfoEndpoint(endpoint ->
                        endpoint.userAuthoritiesMapper(authorities -> roles(authorities, properties.rolesClaim()))));
    }

    /** A user without a role that the console knows is signed in and may do nothing. */
    private static Collection<GrantedAuthority> roles(
            Collection<? extends GrantedAuthority> authorities, String claim) {
        Set<String> names = authorities.stream()
                .flatMap(authority -> authority instanceof OidcUserAuthority user ? claimed(user, claim) : Stream.of())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return Stream.of(ConsoleRole.values())
                .filter(role -> names.contains(role.toString()))
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.authority()))
                .toList();
    }

    private static Stream<String> claimed(OidcUserAuthority user, String claim) {
        Object inUserInfo =
                user.getUserInfo() == null ? null : user.getUserInfo().getClaim(claim);
        Object roles = inUserInfo == null ? user.getIdToken().getClaim(claim) : inUserInfo;
        return roles instanceof Collection<?> list
                ? list.stream().map(String::valueOf)
                : Stream.ofNullable(roles).map(String::valueOf);
    }
}
