package dev.outbox.console;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the console, and what it shows.
 *
 * @param enabled whether this process has the console; the sidecar has none unless it is told to
 * @param protect which addresses need a user of the console; those of the console do in any case
 * @param users users by name, each with an encoded password and its roles; there is none to begin with
 * @param rolesClaim claim of an OpenID Connect user that lists the roles
 * @param mask what is hidden in payloads, as JSON paths such as $.customer.email or $..iban
 * @param catalogs where the catalogs of events are, as locations of Spring: by default the one that a service has on its class path;
 *     a sidecar is told where the files of the services beside it are
 * @param longestBody size of the largest request that the console reads, in bytes
 * @since 0.1.0
 */
@ConfigurationProperties("outbox.console")
public record ConsoleProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("console") Protected protect,
        @DefaultValue Map<String, User> users,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue List<String> mask,

        @DefaultValue("classpath:META-INF/outbox/outbox-catalog.json")
        List<String> catalogs,

        @DefaultValue("1048576") int longestBody) {

    /** Keeps unmodifiable copies. */
    public ConsoleProperties {
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        mask = List.copyOf(mask);
        catalogs = List.copyOf(catalogs);
    }

    /** What needs a user of the console. */
    public enum Protected {
        /** The addresses of the console; who may use the others is a matter of the service. */
        CONSOLE,
        /** All addresses but bare health, as in the sidecar. */
        APPLICATION
    }

    /**
     * A user.
     *
     * @param password encoded, with its encoding in front, as {@code {bcrypt}$2a$...}; {@code {noop}} in front of a plain one is
     *     for tests
     * @param roles what the user may do
     */
    public record User(
            String password, @DefaultValue("viewer") Set<ConsoleRole> roles) {

        /** Keeps an unmodifiable copy. */
        public User {
            roles = Set.copyOf(roles);
        }

        /** Leaves the password out. */
        @Override
        public String toString() {
            return "User" + roles;
        }
    }
}
