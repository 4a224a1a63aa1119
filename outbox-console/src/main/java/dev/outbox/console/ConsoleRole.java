package dev.outbox.console;

import java.util.Locale;

/**
 * What a user may do. A user has one or more of them.
 *
 * @since 0.1.0
 */
public enum ConsoleRole {
    /** Sees everything but payloads and the decisions of others. */
    VIEWER,
    /** Sees payloads, except what is masked. */
    PAYLOAD,
    /** Releases parked events, and replays. Sees what a viewer sees. */
    OPERATOR,
    /** Edits and discards events and decides about positions. Does and sees everything. */
    ADMIN,
    /** Sees who has decided what. Sees what a viewer sees. */
    AUDITOR;

    private static final String PREFIX = "ROLE_OUTBOX_";

    /** {@return the authority that Spring Security knows it by, such as {@code ROLE_OUTBOX_VIEWER}} */
    public String authority() {
        return PREFIX + name();
    }

    /** {@return its name in settings, such as {@code viewer}} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
