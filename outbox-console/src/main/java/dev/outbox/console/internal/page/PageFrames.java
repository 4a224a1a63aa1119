package dev.outbox.console.internal.page;

import dev.outbox.console.ConsoleRole;
import dev.outbox.console.internal.api.Audits;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Makes the frames of pages. */
class PageFrames {

    private final Audits audits;
    private final List<PageSection> sections;
    private final Clock clock;

    PageFrames(Audits audits, List<PageSection> sections, Clock clock) {
        this.audits = audits;
        this.sections = sections.stream()
                .sorted(Comparator.comparingInt(PageSection::place))
                .toList();
        this.clock = clock;
    }

    /** The first outbox, if none is named. */
    PageFrame of(HttpServletRequest request) {
        String named = request.getParameter("outbox");
        Principal user = request.getUserPrincipal();
        return new PageFrame(
                named == null || named.isBlank() ? audits.names().get(0) : named,
                audits.names(),
                user == null ? null : user.getName(),
                roles(user),
                sections,
                clock.instant());
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
