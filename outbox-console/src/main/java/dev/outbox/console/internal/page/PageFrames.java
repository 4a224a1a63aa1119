package dev.outbox.console.internal.page;

import dev.outbox.console.ConsoleRole;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.operations.Outboxes;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Makes the frames of pages, and finds the outbox that a page is about. */
class PageFrames {

    private final Outboxes outboxes;
    private final Clock clock;

    PageFrames(Outboxes outboxes, Clock clock) {
        this.outboxes = outboxes;
        this.clock = clock;
    }

    /** The first outbox, if none is named. */
    PageFrame of(HttpServletRequest request) {
        String named = request.getParameter("outbox");
        Principal user = request.getUserPrincipal();
        return new PageFrame(
                named == null || named.isBlank() ? outboxes.names().get(0) : named,
                outboxes.names(),
                user == null ? null : user.getName(),
                roles(user),
                clock.instant());
    }

    /**
     * {@return what the page is about}
     *
     * @throws dev.outbox.relay.operations.UnavailableOutboxException if there is no such outbox, or it is not relayed yet
     */
    OutboxOperations chosen(PageFrame frame) {
        return outboxes.named(frame.outbox());
    }

    private static Set<ConsoleRole> roles(@Nullable Principal user) {
        if (!(user instanceof Authentication known)) {
            return Set.of();
        }
        Set<String> authorities = known.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return Stream.of(ConsoleRole.values())
                .filter(role -> authorities.contains(role.authority()))
                .collect(Collectors.toSet());
    }
}
