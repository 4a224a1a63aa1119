package dev.outbox.console.internal.page;

import dev.outbox.console.ConsoleRole;
import dev.outbox.console.internal.overview.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around its content.
 *
 * @param outbox the outbox that the page is about
 * @param outboxes the names of all of them
 * @param user who is signed in, or null
 * @param roles what the user may do
 * @param pages the pages of this process, in their order
 * @param now the time of the page
 */
public record PageFrame(
        String outbox,
        List<String> outboxes,
        @Nullable String user,
        Set<ConsoleRole> roles,
        List<PageSection> pages,
        Instant now) {

    /** Keeps unmodifiable copies. */
    public PageFrame {
        outboxes = List.copyOf(outboxes);
        roles = Set.copyOf(roles);
        pages = List.copyOf(pages);
    }

    /** {@return the pages that the user may see} */
    public List<PageSection> sections() {
        return pages.stream().filter(page -> !page.audit() || mayAudit()).toList();
    }

    /** {@return whether this process has a page} */
    public boolean has(String name) {
        return pages.stream().anyMatch(page -> page.name().equals(name));
    }

    /** {@return whether the user sees anything but payloads} */
    public boolean mayView() {
        return may(ConsoleRole.VIEWER, ConsoleRole.OPERATOR, ConsoleRole.AUDITOR);
    }

    /** {@return whether the user may release and replay} */
    public boolean mayRelease() {
        return may(ConsoleRole.OPERATOR);
    }

    /** {@return whether the user may edit, discard and decide about positions} */
    public boolean mayDecide() {
        return may(ConsoleRole.ADMIN);
    }

    /** {@return whether the user sees payloads} */
    public boolean mayReadPayloads() {
        return may(ConsoleRole.PAYLOAD);
    }

    /** {@return whether the user sees what others have decided} */
    public boolean mayAudit() {
        return may(ConsoleRole.AUDITOR);
    }

    /** {@return a time to read} */
    public String at(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    /** {@return how long ago a time was} */
    public String ago(Instant time) {
        return lasting(Duration.between(time, now)) + " ago";
    }

    /** {@return how long something lasts} */
    public String lasting(Duration duration) {
        return Words.lasting(duration);
    }

    /** {@return a number of things, such as {@code 1 event} or {@code 2 events}} */
    public String count(long number, String thing) {
        return Words.count(number, thing);
    }

    private boolean may(ConsoleRole... enough) {
        return roles.contains(ConsoleRole.ADMIN) || Set.of(enough).stream().anyMatch(roles::contains);
    }
}
