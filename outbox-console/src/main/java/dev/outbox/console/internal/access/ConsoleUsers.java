package dev.outbox.console.internal.access;

import dev.outbox.console.ConsoleProperties;
import dev.outbox.console.ConsoleProperties.User;
import dev.outbox.console.ConsoleRole;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** The users of the settings. They are the console's own: the service that it is part of does not know them. */
final class ConsoleUsers {

    private ConsoleUsers() {}

    /**
     * {@return what checks their passwords}
     *
     * @throws NobodyMayUseTheConsoleException if a user has no password, or one without its encoding
     */
    static AuthenticationProvider provider(ConsoleProperties properties) {
        List<UserDetails> users =
                properties.users().entrySet().stream().map(ConsoleUsers::user).toList();
        return new DaoAuthenticationProvider(new InMemoryUserDetailsManager(users));
    }

    private static UserDetails user(Map.Entry<String, User> entry) {
        User user = entry.getValue();
        if (!user.password().matches("(?s)\\{[^}]+}.+")) {
            throw new NobodyMayUseTheConsoleException(
                    "The password of user '%s' of the console is empty, or does not say how it is encoded"
                            .formatted(entry.getKey()));
        }
        return org.springframework.security.core.userdetails.User.withUsername(entry.getKey())
                .password(user.password())
                .authorities(user.roles().stream().map(ConsoleRole::authority).toArray(String[]::new))
                .build();
    }
}
