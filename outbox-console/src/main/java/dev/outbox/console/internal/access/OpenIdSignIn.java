package dev.outbox.console.internal.access;

import dev.outbox.console.ConsoleProperties;
import dev.outbox.console.ConsoleRole;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;

/** Sign-in by the OpenID Connect providers that Spring Boot is configured with. A claim of the user lists the roles. */
final class OpenIdSignIn {

    private static final String START = ConsoleAccess.SIGN_IN + "/with";

    private OpenIdSignIn() {}

    static boolean isConfigured(ListableBeanFactory beans) {
        return beans.getBeanNamesForType(ClientRegistrationRepository.class, true, false).length > 0;
    }

    /** {@return the links by which people sign in, if the providers can be listed} */
    static List<SignInOptions.Provider> providers(ListableBeanFactory beans) {
        return beans.getBean(ClientRegistrationRepository.class) instanceof Iterable<?> registrations
                ? StreamSupport.stream(registrations.spliterator(), false)
                        .map(ClientRegistration.class::cast)
                        .map(client -> new SignInOptions.Provider(
                                client.getClientName(), START + "/" + client.getRegistrationId()))
                        .toList()
                : List.of();
    }

    static void addTo(HttpSecurity http, ConsoleProperties properties) {
        http.oauth2Login(login -> login.loginPage(ConsoleAccess.SIGN_IN)
                .defaultSuccessUrl(ConsoleAccess.PAGES)
                .authorizationEndpoint(endpoint -> endpoint.baseUri(START))
                .redirectionEndpoint(endpoint -> endpoint.baseUri(ConsoleAccess.SIGN_IN + "/code/*"))
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
